package org.homeport.bridge.night;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.homeport.bridge.backup.BackupSettings;
import org.homeport.bridge.backup.Backups;
import org.homeport.bridge.run.Run;
import org.homeport.bridge.run.Runs;
import org.homeport.bridge.schedule.Schedule;
import org.homeport.bridge.schedule.Work;
import org.homeport.bridge.tree.TreeId;
import org.homeport.spawn.identity.HubUser;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Backs up homes automatically: each at its own time every night, and when its servers stop. What
 * fails for one home fails for no other.
 */
public final class AutomaticBackups {
  private static final Logger log = LoggerFactory.getLogger(AutomaticBackups.class);
  private static final String NIGHTLY = "backup-nightly";
  private static final String AFTER_STOP = "backup-after-stop";
  private static final String PLAN = "night-plan";
  private static final Duration LOOK_AROUND = Duration.ofMinutes(1);

  /** A server that stopped longer ago than this has had its night. */
  private static final Duration STILL_NEWS = Duration.ofHours(24);

  private final BackupSettings settings;
  private final Backups backups;
  private final Runs runs;
  private final Nights nights;
  private final SavedUsers users;
  private final Supplier<List<ServerRest>> servers;
  private final Clock clock;
  private final Schedule schedule;

  /**
   * @param servers all that are known, at rest or not
   * @param schedule takes {@link #works} before it is started
   */
  public AutomaticBackups(
      BackupSettings settings,
      Backups backups,
      Runs runs,
      Nights nights,
      SavedUsers users,
      Supplier<List<ServerRest>> servers,
      Clock clock,
      Schedule schedule) {
    this.settings = settings;
    this.backups = backups;
    this.runs = runs;
    this.nights = nights;
    this.users = users;
    this.servers = servers;
    this.clock = clock;
    this.schedule = schedule;
  }

  /** Lists what is to be done automatically: nothing, unless the settings ask for it. */
  public List<Work> works() {
    if (!settings.isAutomatic()) {
      return List.of();
    }
    var works = new ArrayList<Work>();
    works.add(Work.onceFor(NIGHTLY, tree -> backUp(tree, Nights.NIGHTLY)));
    works.add(Work.onceFor(AFTER_STOP, tree -> backUp(tree, "stop")));
    settings
        .nightly()
        .ifPresent(
            night -> {
              // Planned by work that is tried again when it fails; the next night would be late.
              works.add(Work.daily("nights", night.from(), night.zone(), this::requestPlan));
              works.add(Work.onceFor(PLAN, key -> planNight()));
              works.add(Work.every("night-ends", LOOK_AROUND, this::endNight));
            });
    if (settings.afterStop()) {
      works.add(Work.every("stops", LOOK_AROUND, this::lookForStops));
    }
    return works;
  }

  private void backUp(String tree, String startedBy) {
    backups.backUp(new TreeId(tree), new Backups.Request(startedBy, false));
  }

  private void requestPlan() {
    var now = clock.instant();
    schedule.once(PLAN, now.toString(), now);
  }

  private void planNight() {
    var now = clock.instant();
    try {
      var homes = users.all().stream().flatMap(user -> planned(user, now).stream()).toList();
      // Last, so that it does not look as if all were done.
      nights.begin(now, homes);
    } catch (RuntimeException e) {
      nights.failed(now, e);
      throw e;
    }
  }

  /** Asks for the backup of one home; the night names the one for which that failed. */
  private Optional<TreeId> planned(HubUser user, Instant now) {
    var home = TreeId.home(user);
    try {
      if (!users.wants(user)) {
        return Optional.empty();
      }
      if (users.isGone(user)) {
        nights.noteGone(home);
        return Optional.empty();
      }
      nights.noteThere(home);
      schedule.once(NIGHTLY, home.text(), settings.nightly().orElseThrow().timeOf(user, now));
    } catch (RuntimeException e) {
      log.error("The backup of {} could not be planned.", user, e);
    }
    return Optional.of(home);
  }

  private void endNight() {
    if (nights.isUnderWay() && !schedule.awaits(NIGHTLY)) {
      nights.end();
    }
  }

  /**
   * Finds users with all servers at rest, one of them since not long ago and after the last backup
   * began.
   */
  private void lookForStops() {
    var latest = new HashMap<HubUser, ServerRest>();
    for (var server : servers.get()) {
      latest.merge(server.user(), server, AutomaticBackups::mostRecent);
    }
    latest.forEach(this::lookForStop);
  }

  private void lookForStop(HubUser user, ServerRest server) {
    try {
      if (server.isAtRest()
          && server.since().isAfter(clock.instant().minus(STILL_NEWS))
          && users.wants(user)
          && !isSavedSince(user, server)) {
        schedule.once(AFTER_STOP, TreeId.home(user).text(), clock.instant());
      }
    } catch (RuntimeException e) {
      log.error("The backup of {} after a stop could not be planned.", user, e);
    }
  }

  /** One that still runs counts before any that does not. */
  private static ServerRest mostRecent(ServerRest one, ServerRest other) {
    if (one.isAtRest() != other.isAtRest()) {
      return one.isAtRest() ? other : one;
    }
    return one.since().isAfter(other.since()) ? one : other;
  }

  private boolean isSavedSince(HubUser user, ServerRest server) {
    return runs.latest(TreeId.home(user), Run.Kind.BACKUP, 1).stream()
        .anyMatch(run -> run.startedAt().isAfter(server.since()));
  }
}
