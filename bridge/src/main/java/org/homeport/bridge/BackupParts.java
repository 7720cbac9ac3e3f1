package org.homeport.bridge;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.homeport.bridge.api.BackupEndpoints;
import org.homeport.bridge.api.DriveEndpoints;
import org.homeport.bridge.api.UserEndpoints;
import org.homeport.bridge.backup.BackupFeature;
import org.homeport.bridge.backup.BackupMetrics;
import org.homeport.bridge.backup.Verdicts;
import org.homeport.bridge.home.HomeSizeMetrics;
import org.homeport.bridge.home.Users;
import org.homeport.bridge.night.AutomaticBackups;
import org.homeport.bridge.night.NightMetrics;
import org.homeport.bridge.night.Nights;
import org.homeport.bridge.night.SavedUsers;
import org.homeport.bridge.night.ServerRest;
import org.homeport.bridge.notify.Notifications;
import org.homeport.bridge.pages.DrivePages;
import org.homeport.bridge.pages.FilePages;
import org.homeport.bridge.pages.HomePages;
import org.homeport.bridge.pages.HomesPages;
import org.homeport.bridge.pages.RunPages;
import org.homeport.bridge.remote.RemoteChoice;
import org.homeport.bridge.remote.Remotes;
import org.homeport.bridge.remote.RetryingRemote;
import org.homeport.bridge.remote.RetryingRemotes;
import org.homeport.bridge.remote.drive.DriveSettings;
import org.homeport.bridge.remote.drive.GoogleDrive;
import org.homeport.bridge.remote.folder.FolderRemotes;
import org.homeport.bridge.run.Leases;
import org.homeport.bridge.run.Runs;
import org.homeport.bridge.schedule.Schedule;
import org.homeport.bridge.schedule.Work;
import org.homeport.bridge.server.Servers;
import org.homeport.bridge.tree.TreeId;
import org.homeport.bridge.tree.TreeTable;
import org.homeport.bridge.tree.Trees;
import org.homeport.spawn.identity.Accounts;
import org.homeport.spawn.identity.HubUser;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The backups of homes and their remote, wired together. */
record BackupParts(
    Base base,
    Users users,
    Accounts accounts,
    BackupFeature backups,
    Nights nights,
    Optional<GoogleDrive> drive) {
  private static final Logger log = LoggerFactory.getLogger(BackupParts.class);

  /** The time that runs get to end with words. */
  private static final Duration GOODBYE = Duration.ofSeconds(5);

  static BackupParts on(Base base, HomeParts homes) {
    var settings = base.settings();
    var database = base.database();
    var drive = settings.drive().map(google -> drive(base, google));
    var remotes = remotes(base, drive);
    var notifications = base.keep(new Notifications(settings.notifications()));
    var leases = base.keep(new Leases(database, base.clock(), Leases.TERM));
    var atOnce = settings.backup().atOnce();
    var threads = Executors.newFixedThreadPool(atOnce, task -> new Thread(task, "runs"));
    var runs =
        base.keep(new Runs(database, leases, threads, Verdicts::of, notifications, base.clock()));
    base.keep(() -> stop(threads));
    var backups =
        BackupFeature.of(
            settings.backup(),
            new RetryingRemotes(remotes, RetryingRemote.Patience.USUAL),
            new Trees(homes.accounts(), homes.files()),
            database,
            runs,
            base.clock());
    base.keep(backups.abandoned()).start();
    var nights = new Nights(database, notifications, base.clock());
    return new BackupParts(base, homes.users(), homes.accounts(), backups, nights, drive);
  }

  /** Interrupts what is being done, and gives it a moment to say so. */
  private static void stop(ExecutorService threads) throws InterruptedException {
    threads.shutdownNow();
    if (!threads.awaitTermination(GOODBYE.toMillis(), TimeUnit.MILLISECONDS)) {
      log.warn("Runs did not end within {} seconds.", GOODBYE.toSeconds());
    }
  }

  Feature feature(Schedule schedule, Servers servers) {
    var connectable = drive.flatMap(GoogleDrive::accounts);
    return new Feature(
        List.of(
            new UserEndpoints(users, backups, nights, forgetting(servers)),
            new BackupEndpoints(backups, base.streams(), base.downloads()),
            new DriveEndpoints(connectable)),
        List.of(
            new HomePages(backups, base.settings().backup(), connectable, base.clock()),
            new RunPages(backups),
            new FilePages(backups, base.downloads()),
            new DrivePages(connectable),
            new HomesPages(users, backups, base.clock())),
        works(schedule, servers),
        List.of(
            () -> HomeSizeMetrics.look(users),
            () -> NightMetrics.look(nights.last()),
            () -> BackupMetrics.look(users::homeOf, backups)));
  }

  private Forgetting forgetting(Servers servers) {
    return new Forgetting(
        servers::list,
        servers::forget,
        backups.runs(),
        drive.flatMap(GoogleDrive::accounts),
        new TreeTable(base.database()),
        users);
  }

  private List<Work> works(Schedule schedule, Servers servers) {
    return new AutomaticBackups(
            base.settings().backup(),
            backups.backups(),
            backups.runs(),
            nights,
            new SavedUsers(users::names, this::isConnected, accounts),
            () -> rest(servers),
            base.clock(),
            schedule)
        .works();
  }

  private static List<ServerRest> rest(Servers servers) {
    return servers.list().stream()
        .map(server -> new ServerRest(server.user(), server.state().isAtRest(), server.since()))
        .toList();
  }

  private boolean isConnected(HubUser user) {
    return drive.isEmpty() || drive.get().isConnected(user);
  }

  private static GoogleDrive drive(Base base, DriveSettings google) {
    return base.keep(
        new GoogleDrive(
            google,
            base.settings().driveKey(),
            base.database(),
            user -> new TreeTable(base.database()).forget(TreeId.home(user)),
            base.clock()));
  }

  private static Remotes remotes(Base base, Optional<GoogleDrive> drive) {
    if (base.settings().backup().remote() instanceof RemoteChoice.Folder folder) {
      return new FolderRemotes(folder.path(), base.clock());
    }
    return drive.orElseThrow().remotes();
  }
}
