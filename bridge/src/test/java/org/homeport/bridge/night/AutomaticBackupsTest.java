package org.homeport.bridge.night;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.homeport.bridge.backup.BackupBed;
import org.homeport.bridge.backup.BackupSettings;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.database.OnBothDatabases;
import org.homeport.bridge.database.TestDatabase;
import org.homeport.bridge.remote.folder.FolderRemotes;
import org.homeport.bridge.run.Run;
import org.homeport.bridge.scan.ScanScope;
import org.homeport.bridge.schedule.ManualSchedule;
import org.homeport.bridge.schedule.NightWindow;
import org.homeport.bridge.schedule.Schedule;
import org.homeport.bridge.tree.TreeId;
import org.homeport.spawn.identity.Account;
import org.homeport.spawn.identity.Accounts;
import org.homeport.spawn.identity.HubUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups that nobody asks for, in a time that passes by hand. */
@OnBothDatabases
class AutomaticBackupsTest {
  private static final HubUser ADA = BackupBed.ADA;
  private static final HubUser BOB = HubUser.of("bob");
  private static final HubUser CAROL = HubUser.of("carol");
  private static final Instant EVENING = Instant.parse("2026-10-03T20:00:00Z");
  private static final NightWindow NIGHT =
      new NightWindow(LocalTime.of(2, 0), LocalTime.of(5, 0), ZoneOffset.UTC);
  private static final BackupSettings SETTINGS =
      new BackupSettings(
          BackupSettings.DEFAULTS.remote(),
          "home/{user}",
          ScanScope.ALL,
          Optional.of(NIGHT),
          true,
          1,
          1,
          1,
          false);
  private static final Duration LITTLE = Duration.ofMinutes(5);

  @TempDir Path folder;
  private final Map<String, ServerRest> servers = new HashMap<>();
  private Database database;
  private ManualSchedule time;
  private BackupBed bed;
  private Schedule schedule;
  private Nights nights;
  private Supplier<List<HubUser>> names = () -> List.of(ADA, BOB);
  private Predicate<HubUser> wanted = user -> true;
  private final Set<HubUser> known = new HashSet<>(Set.of(ADA, BOB));
  private final Accounts accounts =
      new Accounts() {
        @Override
        public Account of(HubUser user) {
          return bed.home().account();
        }

        @Override
        public Optional<Account> find(HubUser user) {
          return Optional.of(of(user)).filter(account -> known.contains(user));
        }
      };
  private final List<Instant> begun = new ArrayList<>();
  private final List<Night> ended = new ArrayList<>();
  private final NightListener told =
      new NightListener() {
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
    schedule = time.make();
    nights = new Nights(database, told, time.clock());
    var automatic =
        new AutomaticBackups(
            SETTINGS,
            bed.backups(),
            bed.runs(),
            nights,
            new SavedUsers(() -> names.get(), user -> wanted.test(user), accounts),
            () -> List.copyOf(servers.values()),
            time.clock(),
            schedule);
    schedule.add(automatic.works());
    schedule.start();
    time.runDue();
  }

  @AfterEach
  void close() {
    schedule.close();
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
    schedule.close();
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
    schedule.close();
    start();
    pass(Duration.ofHours(4));
    assertThat(begun).hasSize(1);
    assertThat(ended).extracting(Night::homes).containsExactly(Map.of(Run.Status.DONE, 2L));
  }

  @Test
  void aHomeThatCannotBePlannedIsNamedAndAllOthersAreSaved() {
    names = () -> List.of(ADA, CAROL, BOB);
    wanted =
        user -> {
          if (user.equals(CAROL)) {
            throw new IllegalArgumentException("on purpose");
          }
          return true;
        };
    pass(Duration.ofDays(1));
    assertThat(runs(ADA)).hasSize(1);
    assertThat(runs(BOB)).hasSize(1);
    assertThat(ended).hasSize(1);
    assertThat(ended.get(0).isSuccess()).isFalse();
    assertThat(ended.get(0).message()).isEqualTo("Not tried: carol.");
    assertThat(nights.last().orElseThrow().success()).contains(false);
  }

  @Test
  void aNightThatCannotBePlannedIsToldAndTriedAgain() {
    var attempts = new AtomicInteger();
    names =
        () -> {
          if (attempts.incrementAndGet() == 1) {
            throw new IllegalStateException("the accounts are on fire");
          }
          return List.of(ADA, BOB);
        };
    pass(Duration.ofDays(1));
    assertThat(ended).extracting(Night::isSuccess).containsExactly(false, true);
    assertThat(ended.get(0).message()).contains("the accounts are on fire");
    assertThat(runs(ADA)).hasSize(1);
    assertThat(runs(BOB)).hasSize(1);
  }

  @Test
  void aNightThatCouldNotBePlannedAtAllIsWhatTheStatusSays() {
    names =
        () -> {
          throw new IllegalStateException("the accounts are on fire");
        };
    pass(Duration.ofDays(1));
    var last = nights.last().orElseThrow();
    assertThat(last.success()).contains(false);
    assertThat(last.message()).contains("the accounts are on fire");
  }

  @Test
  void aUserWhoIsGoneFromTheHostIsNamedOnceAndLeftOut() {
    names = () -> List.of(ADA, CAROL);
    pass(Duration.ofDays(3));
    assertThat(ended).extracting(Night::gone).containsExactly(List.of(CAROL), List.of(), List.of());
    assertThat(ended).allMatch(Night::isSuccess);
    assertThat(runs(CAROL)).isEmpty();

    known.add(CAROL);
    pass(Duration.ofDays(1));
    assertThat(runs(CAROL)).hasSize(1);
  }

  @Test
  void aHomeIsSavedWhenTheLastOfItsServersHasStopped() {
    run(ADA, "");
    run(ADA, "lab");
    run(BOB, "");
    pass(LITTLE);
    stop(ADA, "lab");
    pass(LITTLE);
    assertThat(runs(ADA)).isEmpty();

    stop(ADA, "");
    pass(Duration.ofMinutes(1));
    assertThat(runs(ADA)).extracting(Run::startedBy).containsExactly("stop");
    pass(Duration.ofHours(1));
    assertThat(runs(ADA)).hasSize(1);
    assertThat(runs(BOB)).isEmpty();

    run(ADA, "");
    pass(LITTLE);
    stop(ADA, "");
    pass(LITTLE);
    assertThat(runs(ADA)).hasSize(2);
  }

  @Test
  void aServerThatStoppedLongAgoIsNoNews() {
    schedule.close();
    stop(ADA, "");
    time.leap(Duration.ofHours(25));
    start();
    pass(LITTLE);
    assertThat(runs(ADA)).extracting(Run::startedBy).doesNotContain("stop");
  }

  @Test
  void whatAUserSavedAfterTheStopIsNotSavedAgain() {
    stop(ADA, "");
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
    return bed.runs().latest(TreeId.home(user), Run.Kind.BACKUP, 10);
  }

  private void run(HubUser user, String name) {
    servers.put(user + name, new ServerRest(user, false, time.clock().instant()));
  }

  private void stop(HubUser user, String name) {
    servers.put(user + name, new ServerRest(user, true, time.clock().instant()));
  }
}
