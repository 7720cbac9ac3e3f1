package org.homeport.bridge.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.homeport.bridge.backup.BackupBed;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.database.OnBothDatabases;
import org.homeport.bridge.database.TestDatabase;
import org.homeport.bridge.run.Leases.Lease;
import org.homeport.bridge.run.Leases.LeaseLost;
import org.homeport.bridge.schedule.ManualSchedule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One writer for each user, across all bridges on a database. */
@OnBothDatabases
class LeasesTest {
  private static final int BRIDGES = 6;

  /** Renewed by hand only: no test takes a third of this. */
  private static final Duration TERM = Duration.ofMinutes(10);

  @TempDir Path folder;
  private final List<Database> databases = new ArrayList<>();
  private ManualSchedule time;
  private List<Leases> bridges;

  @BeforeEach
  void open() {
    var file = folder.resolve("homeport.db");
    IntStream.range(0, BRIDGES).forEach(i -> databases.add(TestDatabase.open(file)));
    time = new ManualSchedule(databases.get(0), Instant.parse("2026-10-03T02:00:00Z"));
    bridges =
        databases.stream()
            .map(database -> new Leases(database, time.clock(), time.clock(), TERM))
            .toList();
  }

  @AfterEach
  void close() {
    bridges.forEach(Leases::close);
    databases.forEach(Database::close);
  }

  @Test
  void ofManyThatAskAtOnceOneBegins() throws Exception {
    var threads = Executors.newFixedThreadPool(BRIDGES);
    try {
      for (var round = 0; round < 20; round++) {
        var taken =
            threads.invokeAll(
                bridges.stream().<Callable<Optional<Lease>>>map(b -> () -> take(b)).toList());
        var held = new ArrayList<Lease>();
        for (var each : taken) {
          each.get().ifPresent(held::add);
        }
        assertThat(held).hasSize(1);
        held.get(0).close();
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void aBackupAndARestoreThatBeginAtTheSameTimeHaveNumbersOfTheirOwn() throws Exception {
    var threads = Executors.newFixedThreadPool(2);
    try {
      for (var round = 0; round < 50; round++) {
        var backup = threads.submit(() -> take(bridges.get(0)).orElseThrow());
        var restore = bridges.get(1).take(BackupBed.HOME, Run.Kind.RESTORE, "test").orElseThrow();
        assertThat(restore.run().number()).isNotEqualTo(backup.get().run().number());
        backup.get().close();
        restore.close();
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void whoeverSleptUntilAnotherTookOverStops() {
    var sleeper = take(bridges.get(0)).orElseThrow();
    assertThat(take(bridges.get(1))).isEmpty();
    time.leap(TERM);
    var other = take(bridges.get(1)).orElseThrow();
    assertThatThrownBy(sleeper::check).isInstanceOf(LeaseLost.class);
    assertThatCode(other::check).doesNotThrowAnyException();
    sleeper.close();
    assertThat(take(bridges.get(2))).isEmpty();
  }

  @Test
  void whoeverSleptAloneGoesOn() {
    var sleeper = take(bridges.get(0)).orElseThrow();
    time.leap(TERM);
    assertThatCode(sleeper::check).doesNotThrowAnyException();
    assertThat(take(bridges.get(1))).isEmpty();
  }

  @Test
  void aBridgeWhoseClockIsFastTakesNothingFromOthers() {
    take(bridges.get(0)).orElseThrow();
    var fast = Clock.offset(time.clock(), TERM.multipliedBy(2));
    try (var other = new Leases(databases.get(1), time.clock(), fast, TERM)) {
      assertThat(take(other)).isEmpty();
    }
  }

  @Test
  void whatABridgeHeldWhenItStoppedIsFreeAtOnce() {
    take(bridges.get(0)).orElseThrow();
    bridges.get(0).close();
    assertThat(take(bridges.get(1))).isPresent();
  }

  private static Optional<Lease> take(Leases bridge) {
    return bridge.take(BackupBed.HOME, Run.Kind.BACKUP, "test");
  }
}
