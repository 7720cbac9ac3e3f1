package org.homeport.bridge;

import java.nio.file.Path;
import java.util.Optional;
import org.homeport.bridge.backup.BackupSettings;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.engine.docker.DockerSettings;
import org.homeport.bridge.environment.EnvironmentSettings;
import org.homeport.bridge.home.AccountsSection;
import org.homeport.bridge.log.AuditSettings;
import org.homeport.bridge.notify.NotifySettings;
import org.homeport.bridge.pages.HubSettings;
import org.homeport.bridge.remote.drive.DriveSettings;
import org.homeport.bridge.server.DataSection;
import org.homeport.bridge.server.LimitsSection;
import org.homeport.bridge.server.ServerSettings;
import org.homeport.bridge.settings.Readers;
import org.homeport.bridge.settings.SettingsFile;
import org.homeport.bridge.web.ListenAddress;
import org.homeport.spawn.Limits;
import org.homeport.spawn.identity.AccountSettings;
import org.homeport.spawn.mount.DataSources;

/**
 * The settings file: one value for each feature, which reads its own section.
 *
 * @param state the folder with what the bridge keeps; only root may open it
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
    var backup = BackupSettings.read(backupSection);
    var settings =
        new Settings(
            root.value("listen", ListenAddress::of, ListenAddress.of("127.0.0.1:8787")),
            state,
            root.value("database", Database::url, "jdbc:sqlite:" + state.resolve("homeport.db")),
            AccountsSection.read(root.section("accounts")),
            EnvironmentSettings.read(root.section("environments")),
            DataSection.read(root.sections("data")),
            DockerSettings.read(root.section("docker")),
            LimitsSection.read(root.section("limits")),
            root.value(
                "starts-at-once",
                ServerSettings::startsAtOnce,
                ServerSettings.startsAtOnce("auto")),
            backup,
            DriveSettings.read(backupSection.section("drive"), backup.remote()),
            NotifySettings.read(backupSection.section("notify"), backup.nightly().isPresent()),
            HubSettings.read(root.section("hub")),
            AuditSettings.read(root.section("audit"), state));
    file.refuseProblems();
    return settings;
  }

  /** The file with the token by which root on this machine talks to the bridge. */
  Path adminToken() {
    return state.resolve("admin.token");
  }

  /** The file with the key that seals the secrets of Google Drive in the database. */
  Path driveKey() {
    return state.resolve("drive.key");
  }
}
