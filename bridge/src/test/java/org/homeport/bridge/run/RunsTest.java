package org.homeport.bridge.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.homeport.bridge.backup.BackupBed;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.database.OnBothDatabases;
import org.homeport.bridge.database.TestDatabase;
import org.homeport.bridge.run.Run.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnBothDatabases
class RunsTest {
  @TempDir Path folder;
  private Database database;
  private Leases leases;
  private Runs runs;

  @BeforeEach
  void open() {
    var clock = Clock.systemUTC();
    database = TestDatabase.open(folder.resolve("homeport.db"));
    leases = new Leases(database, clock, Leases.TERM);
    runs =
        new Runs(
            database, leases, Runnable::run, e -> Optional.empty(), new RunListener() {}, clock);
  }

  @AfterEach
  void close() {
    leases.close();
    database.close();
  }

  @Test
  void aRunWhoseEndCannotBeWrittenDownHoldsNothingAndIsEndedLater() {
    var run = runs.beginRestore(BackupBed.HOME, "test");
    assertThatThrownBy(() -> runs.carryOut(run, progress -> rename("backup_runs", "away")))
        .isInstanceOf(RuntimeException.class);
    rename("away", "backup_runs");

    runs.endAbandoned(abandoned -> {});

    assertThat(runs.find(run.tree(), run.number()).orElseThrow().status()).isEqualTo(Status.FAILED);
    assertThat(runs.beginRestore(BackupBed.HOME, "test").isRunning()).isTrue();
  }

  private void rename(String table, String name) {
    database.write(handle -> handle.execute("ALTER TABLE " + table + " RENAME TO " + name));
  }
}
