package org.homeport.bridge;

import static org.homeport.bridge.settings.Readers.choice;
import static org.homeport.bridge.settings.Readers.number;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.homeport.bridge.backup.BackupSettings;
import org.homeport.bridge.backup.NightWindow;
import org.homeport.bridge.engine.docker.DockerSettings;
import org.homeport.bridge.environment.EnvironmentSettings;
import org.homeport.bridge.environment.EnvironmentSettings.Pull;
import org.homeport.bridge.log.AuditSettings;
import org.homeport.bridge.notify.Moment;
import org.homeport.bridge.notify.NotifySettings;
import org.homeport.bridge.pages.HubSettings;
import org.homeport.bridge.remote.RemoteChoice;
import org.homeport.bridge.remote.drive.DriveRates;
import org.homeport.bridge.remote.drive.DriveSettings;
import org.homeport.bridge.remote.drive.Endpoints;
import org.homeport.bridge.scan.ChosenFolders;
import org.homeport.bridge.scan.ScanScope;
import org.homeport.bridge.settings.Readers;
import org.homeport.bridge.settings.Section;
import org.homeport.bridge.settings.SettingsFile;
import org.homeport.bridge.web.ListenAddress;
import org.homeport.spawn.Limits;
import org.homeport.spawn.SpawnPlanner.StartIn;
import org.homeport.spawn.identity.AccountSettings;
import org.homeport.spawn.identity.UidRange;
import org.homeport.spawn.image.ImagePattern;
import org.homeport.spawn.mount.DataSource;
import org.homeport.spawn.mount.DataSources;

/**
 * The settings file, as one value for each feature; the defaults are here and nowhere else.
 *
 * @param state the folder of what the bridge keeps; only root may look into it
 * @param database a JDBC URL
 * @param startsAtOnce how many servers start at the same time; the others wait in line
 * @param drive there exactly when the backups go to Google Drive
 * @param hub there when people see pages
 */
record Settings(
    ListenAddress listen,
    Path state,
    String database,
    AccountSettings accounts,
    EnvironmentSettings environments,
    DataSources data,
    DockerSettings docker,
    Limits limits,
    int startsAtOnce,
    BackupSettings backup,
    Optional<DriveSettings> drive,
    NotifySettings notifications,
    Optional<HubSettings> hub,
    AuditSettings audit) {
  static final Path DEFAULT_FILE = Path.of("/etc/homeport/homeport.yaml");
  private static final int MAX_UID = Integer.MAX_VALUE - 1;

  /**
   * Reads a settings file.
   *
   * @throws org.homeport.bridge.settings.SettingsRefused with every problem and its line
   */
  static Settings read(Path path) {
    var file = SettingsFile.read(path);
    var root = file.root();
    var state = root.value("state", Readers::path, Path.of("/var/lib/homeport"));
    var backupSection = root.section("backup");
    var backup = backup(backupSection);
    var settings =
        new Settings(
            root.value("listen", ListenAddress::of, ListenAddress.of("127.0.0.1:8787")),
            state,
            root.value(
                "database", Settings::jdbcUrl, "jdbc:sqlite:" + state.resolve("homeport.db")),
            accounts(root.section("accounts")),
            environments(root.section("environments")),
            data(root.sections("data")),
            docker(root.section("docker")),
            limits(root.section("limits")),
            root.value("starts-at-once", Settings::startsAtOnce, startsAtOnce("auto")),
            backup,
            drive(backupSection.section("drive"), backup.remote()),
            notify(backupSection.section("notify"), backup.nightly()),
            hub(root.section("hub")),
            audit(root.section("audit"), state));
    file.refuseProblems();
    return settings;
  }

  /** Where the token lies by which root on this machine talks to the bridge. */
  Path adminToken() {
    return state.resolve("admin.token");
  }

  /** What seals the secrets of Google Drive in the database. */
  Path driveKey() {
    return state.resolve("drive.key");
  }

  private static AccountSettings accounts(Section section) {
    var defaults = AccountSettings.DEFAULTS;
    var source = section.value("source", choice(AccountSettings.Source.class), defaults.source());
    var minimumUid = section.value("minimum-uid", number(1, MAX_UID), defaults.minimumUid());
    var uids = section.value("uids", UidRange::of, defaults.uids());
    var homes = section.value("homes", Readers::path, defaults.homes());
    return section
        .make(() -> new AccountSettings(source, minimumUid, uids, homes))
        .orElse(defaults);
  }

  private static EnvironmentSettings environments(Section section) {
    return new EnvironmentSettings(
        section.values("images", ImagePattern::of),
        section.value("pull", choice(Pull.class), Pull.IF_MISSING),
        section.value("seed", Readers::path, EnvironmentSettings.DEFAULT_SEED),
        section.value("seed-cache", Readers::size, EnvironmentSettings.DEFAULT_SEED_CACHE),
        section.value("start-in", choice(StartIn.class), StartIn.ENVIRONMENT));
  }

  private static DataSources data(List<Section> sections) {
    var data = DataSources.NONE;
    for (var section : sections) {
      data = with(data, section);
    }
    return data;
  }

  private static DataSources with(DataSources data, Section section) {
    var source = section.required("source", Readers::path);
    var target = section.value("target", Readers::path).or(() -> source);
    var optional = section.value("optional", Readers::flag, false);
    return source
        .flatMap(
            folder -> section.make(() -> data.and(new DataSource(folder, target.get(), optional))))
        .orElse(data);
  }

  private static DockerSettings docker(Section section) {
    return new DockerSettings(
        section.value("host", DockerSettings::host, DockerSettings.DEFAULT_HOST),
        section.value("network", DockerSettings::network, DockerSettings.DEFAULT_NETWORK));
  }

  private static Limits limits(Section section) {
    var memory = section.value("memory", Readers::size);
    var cpus = section.value("cpus", Readers::decimal);
    var pids = section.value("pids", number(1, 1 << 22));
    return section
        .make(
            () ->
                new Limits(
                    memory.map(OptionalLong::of).orElse(OptionalLong.empty()),
                    cpus.map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                    pids.map(OptionalLong::of).orElse(OptionalLong.empty())))
        .orElse(Limits.NONE);
  }

  /** Naming a remote is the wish for backups by themselves; asked for, there are always some. */
  private static BackupSettings backup(Section section) {
    var defaults = BackupSettings.DEFAULTS;
    var remote = section.value("remote", RemoteChoice::of);
    var nightly = section.value("nightly", NightWindow::of);
    var afterStop = section.value("after-stop", Readers::flag, remote.isPresent());
    var root = section.value("root", text -> text, defaults.root());
    var scope =
        new ScanScope(
            new ChosenFolders(section.values("folders", ChosenFolders::folder)),
            section.values("ignore", ScanScope::rule),
            section.value("other-file-systems", ScanScope::crossing, false));
    var atOnce = section.value("at-once", number(1, 64), defaults.atOnce());
    var connections = section.value("connections", number(1, 16), defaults.connections());
    var share = section.value("guarded-share", Readers::decimal, defaults.guardedShare());
    var ignoreInode = section.value("ignore-inode", Readers::flag, defaults.ignoreInode());
    return section
        .make(
            () ->
                new BackupSettings(
                    remote.orElse(defaults.remote()),
                    root,
                    scope,
                    remote.isPresent() ? nightly.or(Settings::usualNight) : nightly,
                    afterStop,
                    atOnce,
                    connections,
                    share,
                    ignoreInode))
        .orElse(defaults);
  }

  /** The keys are known without Google Drive too, so that a site can change its mind and back. */
  private static Optional<DriveSettings> drive(Section section, RemoteChoice remote) {
    var access = driveAccess(section);
    var usual = DriveRates.USUAL;
    var writes = section.value("writes-per-second", Readers::decimal, usual.writesPerSecond());
    var calls = section.value("calls-per-minute", number(60, 10_000_000), usual.callsPerMinute());
    var google = section.value("google", Endpoints::at, Endpoints.GOOGLE);
    return remote instanceof RemoteChoice.Drive
        ? section.make(
            () ->
                new DriveSettings(
                    access.get(), new DriveRates(writes, usual.burst(), calls), google))
        : Optional.empty();
  }

  private static AuditSettings audit(Section section, Path state) {
    return new AuditSettings(
        section.value("file", Readers::path, state.resolve("audit.log")),
        section.value("size", Readers::size, AuditSettings.DEFAULT_SIZE),
        section.value("keep", number(1, 10_000), AuditSettings.DEFAULT_KEEP));
  }

  private static Supplier<DriveSettings.Access> driveAccess(Section section) {
    var clientId = section.value("client-id", text -> text);
    var secret = section.value("client-secret-file", Readers::path);
    var redirect = section.value("redirect", URI::create);
    var key = section.value("service-account-key", Readers::path);
    var emails = section.value("emails", text -> text);
    return () -> {
      if (key.isPresent() && emails.isPresent()) {
        return new DriveSettings.ServiceAccount(key.get(), emails.get());
      }
      if (clientId.isPresent() && secret.isPresent() && redirect.isPresent()) {
        return new DriveSettings.Consent(clientId.get(), secret.get(), redirect.get());
      }
      throw new IllegalArgumentException(
          "expected client-id, client-secret-file and redirect, or service-account-key and emails");
    };
  }

  private static NotifySettings notify(Section section, Optional<NightWindow> nightly) {
    var ping = section.value("ping-file", Readers::path);
    var webhook = section.value("webhook-file", Readers::path);
    var on = section.values("webhook-on", choice(Moment.class));
    return section
        .make(
            () -> {
              if (ping.isPresent() && nightly.isEmpty()) {
                throw new IllegalArgumentException(
                    "ping-file: is told of the nights only: set backup.nightly");
              }
              return new NotifySettings(
                  ping, webhook, on.isEmpty() ? NotifySettings.NOBODY.webhookOn() : Set.copyOf(on));
            })
        .orElse(NotifySettings.NOBODY);
  }

  /** A hub that starts the bridge itself tells the rest. */
  private static Optional<HubSettings> hub(Section section) {
    var api = section.value("api", text -> text);
    var prefix = section.value("prefix", text -> text);
    var tokenFile = section.value("token-file", Readers::path);
    if (tokenFile.isEmpty() && api.isEmpty() && prefix.isEmpty()) {
      return HubSettings.of(System.getenv());
    }
    return section.make(
        () ->
            HubSettings.of(
                api.orElse(HubSettings.DEFAULT_API),
                prefix.orElse(HubSettings.DEFAULT_PREFIX),
                tokenFile.orElseThrow(
                    () -> new IllegalArgumentException("token-file: is missing"))));
  }

  private static Optional<NightWindow> usualNight() {
    return Optional.of(NightWindow.of("02:00-05:00"));
  }

  private static String jdbcUrl(String text) {
    if (!text.matches("jdbc:sqlite:/\\S+|jdbc:postgresql:\\S+")) {
      throw new IllegalArgumentException(
          "expected jdbc:sqlite:/absolute/path.db or jdbc:postgresql://host/database");
    }
    return text;
  }

  private static int startsAtOnce(String text) {
    return text.equals("auto")
        ? Runtime.getRuntime().availableProcessors()
        : number(1, 1000).apply(text);
  }
}
