package org.homeport.bridge.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.database.OnBothDatabases;
import org.homeport.bridge.database.TestDatabase;
import org.homeport.bridge.remote.folder.FolderRemotes;
import org.homeport.bridge.run.Run;
import org.homeport.bridge.run.RunListener;
import org.homeport.bridge.scan.ChosenFolders;
import org.homeport.bridge.schedule.ManualSchedule;
import org.homeport.bridge.server.Server;
import org.homeport.bridge.server.Server.State;
import org.homeport.spawn.identity.HubUser;
import org.homeport.spawn.identity.ServerId;
import org.homeport.spawn.identity.ServerName;
import org.homeport.spawn.image.ImageName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups that nobody asks for, in a time that passes by hand. */
@OnBothDatabases
class AutomaticBackupsTest {
  private static final HubUser ADA = BackupBed.ADA;
  private static final HubUser BOB = HubUser.of("bob");
  private static final Instant EVENING = Instant.parse("2026-10-03T20:00:00Z");
  private static final NightWindow NIGHT =
      new NightWindow(LocalTime.of(2, 0), LocalTime.of(5, 0), ZoneOffset.UTC);
  private static final BackupSettings SETTINGS =
      new BackupSettings(
          BackupSettings.DEFAULTS.remote(),
          "home/{user}",
          ChosenFolders.ALL,
          Optional.of(NIGHT),
          true,
          1,
          1,
          1,
          false);
  private static final Duration LITTLE = Duration.ofMinutes(5);

  @TempDir Path folder;
  private final List<Server> servers = new ArrayList<>();
  private Database database;
  private ManualSchedule time;
  private BackupBed bed;
  private AutomaticBackups automatic;
  private final List<Instant> begun = new ArrayList<>();
  private final List<Night> ended = new ArrayList<>();
  private final RunListener told =
      new RunListener() {
        @Override
        public void nightBegan(Instant now) {
          begun.add(now);
        }

        @Override
        public void nightEnded(Night night) {
          ended.add(night);
        }
      };

  @BeforeEach
  void open() {
    database = TestDatabase.open(BackupBed.databaseFile(folder));
    time = new ManualSchedule(database, EVENING);
    var remotes = new FolderRemotes(folder.resolve("far-end"), time.clock());
    bed = new BackupBed(folder, remotes, time.clock());
    bed.home().write("a.txt", "a");
    start();
  }

  private void start() {
    automatic =
        new AutomaticBackups(
            SETTINGS,
            bed.backups(),
            bed.runs(),
            new Nights(database, told, time.clock()),
            () -> List.of(ADA, BOB),
            () -> servers,
            time.clock(),
            time::of);
    automatic.start();
    time.runDue();
  }

  @AfterEach
  void close() {
    automatic.close();
    bed.close();
    database.close();
  }

  @Test
  void everyHomeIsSavedOnceANightAtItsOwnTime() {
    pass(Duration.ofDays(2));
    for (var user : List.of(ADA, BOB)) {
      var runs = runs(user);
      assertThat(runs).extracting(Run::startedBy).containsExactly("nightly", "nightly");
      for (var night = 0; night < 2; night++) {
        var its = NIGHT.timeOf(user, EVENING).plus(Duration.ofDays(night));
        assertThat(runs.get(1 - night).startedAt()).isBetween(its, its.plus(LITTLE));
      }
    }
    assertThat(NIGHT.timeOf(ADA, EVENING)).isNotEqualTo(NIGHT.timeOf(BOB, EVENING));
  }

  @Test
  void aBridgeThatWasDownWhenTheNightBeganDoesTheRestOfIt() {
    automatic.close();
    time.leap(Duration.ofHours(8).plusMinutes(55));
    assertThat(NIGHT.timeOf(ADA, EVENING)).isBefore(time.clock().instant());
    start();
    pass(LITTLE);
    assertThat(runs(ADA)).hasSize(1);
    assertThat(runs(BOB)).hasSize(1);
  }

  @Test
  void aNightIsToldOfWhenItBeginsAndWhenItsLastHomeIsSaved() {
    pass(Duration.ofHours(7));
    assertThat(begun).hasSize(1);
    assertThat(ended).isEmpty();
    pass(Duration.ofHours(3));
    assertThat(begun).hasSize(1);
    assertThat(ended).hasSize(1);
    assertThat(ended.get(0).homes()).isEqualTo(Map.of(Run.Status.DONE, 2L));
    assertThat(ended.get(0).isSuccess()).isTrue();
    pass(Duration.ofDays(1));
    assertThat(ended).hasSize(2);
  }

  @Test
  void aNightGoesOnThroughARestart() {
    pass(Duration.ofHours(6).plusMinutes(10));
    automatic.close();
    start();
    pass(Duration.ofHours(4));
    assertThat(begun).hasSize(1);
    assertThat(ended).extracting(Night::homes).containsExactly(Map.of(Run.Status.DONE, 2L));
  }

  @Test
  void aHomeIsSavedWhenTheLastOfItsServersHasStopped() {
    become(ADA, "", State.RUNNING);
    become(ADA, "lab", State.RUNNING);
    become(BOB, "", State.RUNNING);
    pass(LITTLE);
    become(ADA, "lab", State.STOPPED);
    pass(LITTLE);
    assertThat(runs(ADA)).isEmpty();

    become(ADA, "", State.FAILED);
    pass(Duration.ofMinutes(1));
    assertThat(runs(ADA)).extracting(Run::startedBy).containsExactly("stop");
    pass(Duration.ofHours(1));
    assertThat(runs(ADA)).hasSize(1);
    assertThat(runs(BOB)).isEmpty();

    become(ADA, "", State.RUNNING);
    pass(LITTLE);
    become(ADA, "", State.STOPPED);
    pass(LITTLE);
    assertThat(runs(ADA)).hasSize(2);
  }

  @Test
  void aServerThatStoppedLongAgoIsNoNews() {
    automatic.close();
    become(ADA, "", State.STOPPED);
    time.leap(Duration.ofHours(25));
    start();
    pass(LITTLE);
    assertThat(runs(ADA)).extracting(Run::startedBy).doesNotContain("stop");
  }

  @Test
  void whatAUserSavedAfterTheStopIsNotSavedAgain() {
    become(ADA, "", State.STOPPED);
    time.leap(Duration.ofSeconds(1));
    bed.backUp();
    pass(LITTLE);
    assertThat(runs(ADA)).extracting(Run::startedBy).containsExactly("test");
  }

  private void pass(Duration duration) {
    for (var end = time.clock().instant().plus(duration); time.clock().instant().isBefore(end); ) {
      time.pass(duration.compareTo(LITTLE) < 0 ? duration : LITTLE);
    }
  }

  private List<Run> runs(HubUser user) {
    return bed.runs().latest(user, Run.Kind.BACKUP, 10);
  }

  /** A server comes into a state now. */
  private void become(HubUser user, String name, State state) {
    var id = ServerId.of(user, ServerName.of(name)).id();
    servers.removeIf(server -> server.id().equals(id));
    servers.add(
        new Server(
            id,
            user,
            ServerName.of(name),
            ImageName.of("a/b:1"),
            "homeport-" + id,
            state,
            Optional.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            "5f0c92ab",
            time.clock().instant()));
  }
}
