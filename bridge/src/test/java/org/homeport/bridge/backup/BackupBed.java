package org.homeport.bridge.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.homeport.bridge.backup.Backups.Request;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.database.TestDatabase;
import org.homeport.bridge.remote.Content;
import org.homeport.bridge.remote.NewFile;
import org.homeport.bridge.remote.Remote;
import org.homeport.bridge.remote.RemoteObject;
import org.homeport.bridge.remote.Remotes;
import org.homeport.bridge.remote.RetryingRemote;
import org.homeport.bridge.remote.RetryingRemote.Patience;
import org.homeport.bridge.run.Leases;
import org.homeport.bridge.run.Run;
import org.homeport.bridge.run.RunListener;
import org.homeport.bridge.run.Runs;
import org.homeport.bridge.scan.ChosenFolders;
import org.homeport.bridge.scan.ScanScope;
import org.homeport.bridge.tree.TreeId;
import org.homeport.bridge.tree.Trees;
import org.homeport.spawn.home.HomeFiles;
import org.homeport.spawn.identity.Account;
import org.homeport.spawn.identity.Accounts;
import org.homeport.spawn.identity.AsUser;
import org.homeport.spawn.identity.HubUser;

/** Everything around one user's backups: home, database, and a wire to a remote. */
public final class BackupBed implements AutoCloseable {
  public static final HubUser ADA = HubUser.of("ada");
  public static final TreeId HOME = TreeId.home(ADA);
  private static final Patience SHORT = new Patience(4, Duration.ofMillis(1), Duration.ofMillis(2));

  /** So short that nobody waits long for the lease of a process that was killed. */
  private static final Duration TERM = Duration.ofSeconds(1);

  private final Remotes remotes;
  private final Wire wire = new Wire();
  private final TestHome home;
  private final Path databaseFile;
  private BackupSettings settings;
  private final Clock clock;
  private Database database;
  private Leases leases;
  private Backups backups;
  private Restores restores;
  private Verifications verifications;
  private Runs runs;
  private AbandonedRuns abandoned;

  public BackupBed(Path folder, Remotes remotes) {
    this(folder, remotes, BackupSettings.DEFAULTS);
  }

  public BackupBed(Path folder, Remotes remotes, BackupSettings settings) {
    this(folder, remotes, settings, Clock.systemUTC(), new TestHome(folder, "ada"));
  }

  public BackupBed(Path folder, Remotes remotes, Clock clock) {
    this(folder, remotes, BackupSettings.DEFAULTS, clock, new TestHome(folder, "ada"));
  }

  private BackupBed(
      Path folder, Remotes remotes, BackupSettings settings, Clock clock, TestHome home) {
    this.clock = clock;
    this.remotes = remotes;
    this.home = home;
    this.databaseFile = databaseFile(folder);
    this.settings = settings;
    open();
  }

  /** The same in another process. */
  public static BackupBed reopen(Path folder, Remotes remotes) {
    var home = TestHome.existing(folder, "ada");
    return new BackupBed(folder, remotes, BackupSettings.DEFAULTS, Clock.systemUTC(), home);
  }

  /** Where the database of a bed in this folder is. */
  public static Path databaseFile(Path folder) {
    return folder.resolve("homeport.db");
  }

  private void open() {
    database = TestDatabase.open(databaseFile);
    leases = new Leases(database, clock, TERM);
    runs = new Runs(database, leases, Runnable::run, Verdicts::of, RunListener.NOBODY, clock);
    var trees = new Trees(accounts(home.account()), new HomeFiles(new AsUser()));
    backups = new Backups(settings, this::remote, trees, database, runs, clock);
    verifications = new Verifications(settings, this::remote, trees, database, runs);
    restores = new Restores(settings, this::remote, trees, database, runs, clock);
    abandoned = new AbandonedRuns(runs, new RestoreRemains(trees));
  }

  /** As after a start of the bridge: nothing but what is on the disk is known. */
  public void restart() {
    close();
    open();
  }

  /** From now on only these folders of the home are backed up. */
  public void choose(String... folders) {
    settings =
        new BackupSettings(
            settings.remote(),
            settings.root(),
            ScanScope.of(new ChosenFolders(List.of(folders))),
            settings.nightly(),
            settings.afterStop(),
            settings.atOnce(),
            settings.connections(),
            settings.guardedShare(),
            settings.ignoreInode());
    restart();
  }

  /** The database is gone, and nobody has a copy. */
  public void loseDatabase() {
    close();
    TestDatabase.lose(databaseFile);
    open();
  }

  /** The database is as it was at this moment once {@link #putBackDatabase} is called. */
  public void copyDatabase() {
    close();
    TestDatabase.copy(databaseFile, copyOfDatabase());
    open();
  }

  public void putBackDatabase() {
    close();
    TestDatabase.copy(copyOfDatabase(), databaseFile);
    open();
  }

  private Path copyOfDatabase() {
    return databaseFile.resolveSibling("copy.db");
  }

  public TestHome home() {
    return home;
  }

  public Wire wire() {
    return wire;
  }

  public Database database() {
    return database;
  }

  public Backups backups() {
    return backups;
  }

  public Restores restores() {
    return restores;
  }

  public Verifications verifications() {
    return verifications;
  }

  public Runs runs() {
    return runs;
  }

  public Run backUp() {
    return backups.backUp(HOME, new Request("test", false)).orElseThrow();
  }

  /** Waits for the lease of a process that may have died. */
  public Run backUpAlone() {
    return Awaitility.await()
        .until(() -> backups.backUp(HOME, new Request("test", false)), Optional::isPresent)
        .orElseThrow();
  }

  /** As time does, when whoever has a lease is dead. */
  public void endLeases() {
    database.write(handle -> handle.execute("DELETE FROM backup_leases"));
  }

  public Run backUpWithConsent() {
    return backups.backUp(HOME, new Request("test", true)).orElseThrow();
  }

  /** Takes the remote as it is now. */
  public Run backUpAnew() {
    return backups.backUp(HOME, new Request("test", false, true)).orElseThrow();
  }

  /** The remote over the wire, with the retries of every day. */
  public Remote remote(HubUser user) {
    return new RetryingRemote(wire.to(remotes.open(user)), SHORT);
  }

  /** The remote itself: what somebody does there by hand. */
  public Remote farEnd() {
    return remotes.open(ADA);
  }

  /** The files of the home at the remote, with their text; fails when two have one path. */
  public Map<String, String> saved() {
    try (var remote = farEnd()) {
      var texts = new TreeMap<String, String>();
      for (var file : objects(remote).entrySet()) {
        if (!file.getValue().isFolder()) {
          texts.put(file.getKey(), text(remote, file.getValue()));
        }
      }
      return texts;
    }
  }

  /** Lists the objects of the home's folder at the remote that are not in the trash, by path. */
  public Map<String, RemoteObject> objects(Remote remote) {
    var all = new TreeMap<String, RemoteObject>();
    var found = new ArrayList<RemoteObject>();
    BackupContext.everything(remote, settings, HOME, found::add);
    var byId = new TreeMap<String, RemoteObject>();
    found.forEach(object -> byId.put(object.id().value(), object));
    for (var object : found) {
      var isEntry = "ENTRY".equals(object.tags().get("kind"));
      if (isEntry && !object.trashed()) {
        var path = object.name();
        var at = byId.get(object.parent().value());
        for (; "ENTRY".equals(at.tags().get("kind")); at = byId.get(at.parent().value())) {
          path = at.name() + "/" + path;
        }
        assertThat(all.put(path, object)).as("a second object at " + path).isNull();
      }
    }
    return all;
  }

  /** Somebody gives the manifests another content by hand. */
  public void editManifests(Content content) {
    try (var remote = farEnd()) {
      BackupContext.everything(
          remote,
          settings,
          HOME,
          object -> {
            if ("RUN".equals(object.tags().get("kind"))) {
              var file =
                  new NewFile(
                      object.id(), object.parent(), object.name(), Instant.EPOCH, object.tags());
              remote.update(file, content);
            }
          });
    }
  }

  public RemoteObject object(String path) {
    try (var remote = farEnd()) {
      return objects(remote).get(path);
    }
  }

  static String text(Remote remote, RemoteObject object) {
    var version = object.content().orElseThrow().version();
    try (var in = remote.read(object.id(), version, 0)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The texts that a file had at the remote, the oldest first. */
  public List<String> revisions(String path) {
    try (var remote = farEnd()) {
      var id = object(path).id();
      var texts = new ArrayList<String>();
      for (var revision : remote.revisions(id)) {
        try (var in = remote.read(id, revision.version(), 0)) {
          texts.add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
      }
      return texts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  AbandonedRuns abandoned() {
    return abandoned;
  }

  @Override
  public void close() {
    abandoned.close();
    runs.close();
    leases.close();
    database.close();
  }

  public static Accounts accounts(Account account) {
    return new Accounts() {
      @Override
      public Account of(HubUser user) {
        return account;
      }

      @Override
      public Optional<Account> find(HubUser user) {
        return Optional.of(account);
      }
    };
  }
}
