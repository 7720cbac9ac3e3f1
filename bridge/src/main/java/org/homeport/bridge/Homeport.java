package org.homeport.bridge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.homeport.bridge.api.BackupEndpoints;
import org.homeport.bridge.api.DriveEndpoints;
import org.homeport.bridge.api.EnvironmentEndpoints;
import org.homeport.bridge.api.Explanations;
import org.homeport.bridge.api.HealthEndpoints;
import org.homeport.bridge.api.MetricsEndpoint;
import org.homeport.bridge.api.PlanEndpoints;
import org.homeport.bridge.api.ServerEndpoints;
import org.homeport.bridge.api.TokenEndpoints;
import org.homeport.bridge.api.UserEndpoints;
import org.homeport.bridge.backup.BackupFeature;
import org.homeport.bridge.backup.BackupMetrics;
import org.homeport.bridge.backup.BackupSettings;
import org.homeport.bridge.backup.Verdicts;
import org.homeport.bridge.check.Findings;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.engine.docker.DockerEngine;
import org.homeport.bridge.environment.Environments;
import org.homeport.bridge.environment.Images;
import org.homeport.bridge.environment.Pulls;
import org.homeport.bridge.home.EnvironmentTable;
import org.homeport.bridge.home.HomeSizeMetrics;
import org.homeport.bridge.home.HomeSizes;
import org.homeport.bridge.home.SeedTable;
import org.homeport.bridge.home.UidTable;
import org.homeport.bridge.home.Users;
import org.homeport.bridge.log.AuditFile;
import org.homeport.bridge.night.AutomaticBackups;
import org.homeport.bridge.night.NightMetrics;
import org.homeport.bridge.night.Nights;
import org.homeport.bridge.night.SavedUsers;
import org.homeport.bridge.night.ServerRest;
import org.homeport.bridge.notify.Notifications;
import org.homeport.bridge.pages.Chapter;
import org.homeport.bridge.pages.DrivePages;
import org.homeport.bridge.pages.EnvironmentPages;
import org.homeport.bridge.pages.FilePages;
import org.homeport.bridge.pages.HomePages;
import org.homeport.bridge.pages.HomesPages;
import org.homeport.bridge.pages.Pages;
import org.homeport.bridge.pages.RunPages;
import org.homeport.bridge.pages.ServerPages;
import org.homeport.bridge.remote.RemoteChoice;
import org.homeport.bridge.remote.Remotes;
import org.homeport.bridge.remote.RetryingRemote;
import org.homeport.bridge.remote.RetryingRemotes;
import org.homeport.bridge.remote.drive.DriveSettings;
import org.homeport.bridge.remote.drive.GoogleDrive;
import org.homeport.bridge.remote.folder.FolderRemotes;
import org.homeport.bridge.run.Leases;
import org.homeport.bridge.run.RunListener;
import org.homeport.bridge.run.Runs;
import org.homeport.bridge.schedule.Schedule;
import org.homeport.bridge.server.NetworkKeeper;
import org.homeport.bridge.server.Overview;
import org.homeport.bridge.server.Server;
import org.homeport.bridge.server.ServerSettings;
import org.homeport.bridge.server.ServerTable;
import org.homeport.bridge.server.Servers;
import org.homeport.bridge.server.SpawnMetrics;
import org.homeport.bridge.token.AdminToken;
import org.homeport.bridge.token.Tokens;
import org.homeport.bridge.tree.TreeId;
import org.homeport.bridge.tree.TreeTable;
import org.homeport.bridge.tree.Trees;
import org.homeport.bridge.web.Access;
import org.homeport.bridge.web.Audit;
import org.homeport.bridge.web.Downloads;
import org.homeport.bridge.web.Endpoints;
import org.homeport.bridge.web.EventStreams;
import org.homeport.bridge.web.Extension;
import org.homeport.bridge.web.HttpMetrics;
import org.homeport.bridge.web.ListenAddress;
import org.homeport.bridge.web.Problems;
import org.homeport.bridge.web.SlowWork;
import org.homeport.bridge.web.WebServer;
import org.homeport.spawn.SpawnPlanner;
import org.homeport.spawn.home.EnvironmentFolders;
import org.homeport.spawn.home.HomeFiles;
import org.homeport.spawn.home.HomePreparer;
import org.homeport.spawn.identity.AsUser;
import org.homeport.spawn.identity.HubUser;
import org.homeport.spawn.image.ImagePolicy;
import org.homeport.spawn.seed.SeedCache;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bridge: every part made once, started in order, and stopped in the opposite one. */
final class Homeport implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Homeport.class);

  /** What every new home begins with, on hosts that have one. */
  private static final Path SKELETON = Path.of("/etc/skel");

  /** What runs get to end with words. */
  private static final Duration GOODBYE = Duration.ofSeconds(5);

  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private final ListenAddress address;

  /** Starts the bridge: its API answers when this returns. */
  Homeport(Settings settings) {
    try {
      address = start(settings);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Where the API listens. */
  ListenAddress address() {
    return address;
  }

  private ListenAddress start(Settings settings) {
    var clock = Clock.systemUTC();
    keep(StateFolder.take(settings.state()));
    var findings = new Findings();
    Doctor.limits(settings).look(findings);
    findings.wrongs().forEach(log::warn);
    var database = keep(Database.open(settings.database()));
    var tokens = new Tokens(database, clock);
    AdminToken.ensure(settings.adminToken(), tokens);

    var engine = keep(engine(settings));
    var threads = threads();
    var environments = settings.environments();
    var folders = new EnvironmentTable(database);
    var accounts = settings.accounts().accounts(new UidTable(database));
    var homes = new HomeFiles(new AsUser(), skeleton());
    var planner =
        new SpawnPlanner(
            new ImagePolicy(environments.images()),
            accounts,
            new EnvironmentFolders(folders),
            settings.data(),
            environments.startIn());
    var seeds = seeds(settings);
    var images = new Images(engine.images(), seeds, environments, threads);
    var servers =
        keep(
            new Servers(
                servers(settings),
                engine,
                planner,
                images,
                new HomePreparer(homes, new AsUser(), new SeedTable(database)),
                new ServerTable(database),
                threads,
                clock));

    var users = new Users(accounts, folders, keep(new HomeSizes(accounts::find, homes, clock)));
    var drive = settings.drive().map(google -> drive(google, settings, database, clock));
    var remotes = remotes(settings, drive, clock);
    var notifications = keep(new Notifications(settings.notifications()));
    var backups =
        backups(
            settings.backup(), remotes, new Trees(accounts, homes), notifications, database, clock);
    var offer = new Environments(engine.images(), servers::withImage, environments.images());
    var pulls = new Pulls(images, new ImagePolicy(environments.images()), clock);
    var audit = new AuditFile(settings.audit());
    var connectable = drive.flatMap(GoogleDrive::accounts);
    var schedule = keep(new Schedule(database.dataSource(), settings.backup().atOnce()));
    Predicate<HubUser> connected = user -> drive.isEmpty() || drive.get().isConnected(user);
    var nights = new Nights(database, notifications, clock);
    schedule.add(
        new AutomaticBackups(
                settings.backup(),
                backups.backups(),
                backups.runs(),
                nights,
                new SavedUsers(users::names, connected, accounts),
                () -> rest(servers.list()),
                clock,
                schedule)
            .works());

    var slowWork = keep(new SlowWork());
    var downloads = keep(new Downloads());
    var streams = new EventStreams();
    var problems = new Problems(new Explanations());
    List<Runnable> looks =
        List.of(
            () -> SpawnMetrics.look(servers.counts()),
            () -> HomeSizeMetrics.look(users),
            () -> BackupMetrics.look(users::homeOf, backups),
            () -> NightMetrics.look(nights.last()),
            () -> HttpMetrics.look(audit.isFailing()));
    List<Endpoints> endpoints =
        List.of(
            new HealthEndpoints(new Overview(Version.TEXT, database, engine, servers)),
            new MetricsEndpoint(looks),
            new ServerEndpoints(servers, streams, slowWork),
            new PlanEndpoints(servers, slowWork),
            new EnvironmentEndpoints(offer, pulls, slowWork),
            new UserEndpoints(users, backups, nights),
            new BackupEndpoints(backups, streams, downloads),
            new DriveEndpoints(connectable),
            new TokenEndpoints(tokens));
    List<Chapter> chapters =
        List.of(
            new HomePages(backups, settings.backup(), connectable, clock),
            new RunPages(backups),
            new FilePages(backups, downloads),
            new DrivePages(connectable),
            new ServerPages(servers),
            new EnvironmentPages(offer, pulls),
            new HomesPages(users, backups, clock));
    var pages =
        settings
            .hub()
            .<Extension>map(
                hub ->
                    new Pages(
                        hub,
                        () -> engine.network().gateway().orElseThrow(),
                        clock,
                        problems,
                        chapters));
    var web =
        keep(
            new WebServer(
                settings.listen(),
                new Access(tokens),
                new Audit(audit, clock),
                problems,
                endpoints,
                pages.stream().toList()));
    keep(streams);
    var listening = web.start();
    // After the first answer: this also loads the engine's client, which takes a second of its own.
    servers.recoverSoon();
    keep(new NetworkKeeper(engine)).start();
    schedule.start();
    return listening;
  }

  private static List<ServerRest> rest(List<Server> servers) {
    return servers.stream()
        .map(server -> new ServerRest(server.user(), server.state().isAtRest(), server.since()))
        .toList();
  }

  /** Opens the engine, and asks nothing of it yet. */
  static DockerEngine engine(Settings settings) {
    var docker = settings.docker();
    return new DockerEngine(docker, settings.state().resolve("servers"));
  }

  /** The API stops first, so that nothing new begins. Containers go on running. */
  @Override
  public void close() {
    while (!started.isEmpty()) {
      var part = started.pop();
      try {
        part.close();
      } catch (Exception e) {
        log.error("{} did not stop cleanly", part.getClass().getSimpleName(), e);
      }
    }
  }

  private <T extends AutoCloseable> T keep(T part) {
    started.push(part);
    return part;
  }

  private BackupFeature backups(
      BackupSettings settings,
      Remotes remotes,
      Trees trees,
      RunListener listener,
      Database database,
      Clock clock) {
    var leases = keep(new Leases(database, clock, Leases.TERM));
    var threads = Executors.newFixedThreadPool(settings.atOnce(), task -> new Thread(task, "runs"));
    var runs = keep(new Runs(database, leases, threads, Verdicts::of, listener, clock));
    keep(() -> stop(threads));
    var feature =
        BackupFeature.of(
            settings,
            new RetryingRemotes(remotes, RetryingRemote.Patience.USUAL),
            trees,
            database,
            runs,
            clock);
    keep(feature.abandoned()).start();
    return feature;
  }

  /** Interrupts what is being done, and gives it a moment to say so. */
  private static void stop(ExecutorService threads) throws InterruptedException {
    threads.shutdownNow();
    if (!threads.awaitTermination(GOODBYE.toMillis(), TimeUnit.MILLISECONDS)) {
      log.warn("Runs did not end within {} seconds.", GOODBYE.toSeconds());
    }
  }

  private GoogleDrive drive(
      DriveSettings google, Settings settings, Database database, Clock clock) {
    return keep(
        new GoogleDrive(
            google,
            settings.driveKey(),
            database,
            user -> new TreeTable(database).forget(TreeId.home(user)),
            clock));
  }

  private static Remotes remotes(Settings settings, Optional<GoogleDrive> drive, Clock clock) {
    if (settings.backup().remote() instanceof RemoteChoice.Folder folder) {
      return new FolderRemotes(folder.path(), clock);
    }
    return drive.orElseThrow().remotes();
  }

  /** As many threads as there are starts under way; the gate of the starts limits the work. */
  private ExecutorService threads() {
    var threads = Executors.newCachedThreadPool(task -> new Thread(task, "servers"));
    keep(threads::shutdownNow);
    return threads;
  }

  private static SeedCache seeds(Settings settings) {
    try {
      return new SeedCache(
          settings.state().resolve("seeds"),
          settings.environments().seedCache(),
          settings.environments().seed().toString());
    } catch (IOException e) {
      throw new UncheckedIOException("The seed cache cannot be used.", e);
    }
  }

  private static ServerSettings servers(Settings settings) {
    return new ServerSettings(
        settings.docker().network(),
        settings.limits(),
        settings.startsAtOnce(),
        ServerSettings.DEFAULT_ANSWER_WITHIN);
  }

  private static Optional<Path> skeleton() {
    return Optional.of(SKELETON).filter(Files::isDirectory);
  }
}
