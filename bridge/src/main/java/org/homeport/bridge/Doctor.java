package org.homeport.bridge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.homeport.bridge.backup.BackupSettings;
import org.homeport.bridge.command.ApiClient;
import org.homeport.bridge.command.RunFollower;
import org.homeport.bridge.engine.EngineUnavailable;
import org.homeport.bridge.engine.ImageStore;
import org.homeport.bridge.engine.docker.DockerEngine;
import org.homeport.bridge.environment.EnvironmentSettings.Pull;
import org.homeport.bridge.environment.Environments;
import org.homeport.bridge.environment.Environments.Environment;
import org.homeport.bridge.notify.Receiver;
import org.homeport.bridge.pages.HubSettings;
import org.homeport.bridge.remote.RemoteChoice;
import org.homeport.bridge.remote.drive.DriveSettings;
import org.homeport.bridge.settings.SettingsRefused;
import org.homeport.bridge.token.AdminToken;
import org.homeport.bridge.web.ListenAddress;
import org.homeport.spawn.identity.AccountSettings;
import org.homeport.spawn.identity.AccountSettings.Source;
import org.homeport.spawn.mount.DataSource;

/** Looks at everything that the bridge needs of its host; changes nothing. */
final class Doctor {
  /** What it takes to act as a home's owner, and to give a new home to one; by bit. */
  private static final Map<Integer, String> CAPABILITIES =
      new TreeMap<>(Map.of(0, "CAP_CHOWN", 6, "CAP_SETGID", 7, "CAP_SETUID"));

  private static final long LITTLE_ROOM = 512L << 20;
  private static final int PATIENCE = 5;

  private final Path config;
  private final Findings findings = new Findings();

  Doctor(Path config) {
    this.config = config;
  }

  Findings examine() {
    findings.ok("java", Runtime.version().toString());
    capabilities();
    try {
      var settings = Settings.read(config);
      findings.ok("settings", config.toString());
      state(settings.state());
      room("state", settings.state(), "state");
      database(settings.database());
      bridge(settings);
      audit(settings.audit().file());
      homes(settings.accounts());
      settings.data().sources().forEach(this::data);
      backup(settings.backup());
      settings.hub().ifPresent(this::hub);
      settings.drive().map(DriveSettings::access).ifPresent(this::drive);
      settings.notifications().files().forEach(this::receiver);
      engine(settings);
    } catch (SettingsRefused e) {
      e.getMessage().lines().forEach(line -> findings.wrong("settings", line, "Mend that line."));
    }
    return findings;
  }

  private void capabilities() {
    var own = ownCapabilities();
    var missing =
        CAPABILITIES.entrySet().stream()
            .filter(capability -> (own >> capability.getKey() & 1) == 0)
            .map(Map.Entry::getValue)
            .toList();
    if (missing.isEmpty()) {
      findings.ok("root", "may act as the owner of each home");
    } else {
      findings.wrong("root", "lacks " + String.join(", ", missing), "Run it as root: sudo …");
    }
  }

  private void state(Path state) {
    try {
      if (!Files.exists(state)) {
        findings.note("state", state + " is not there yet", "The first start makes it.");
        return;
      }
      var mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(state));
      var owner = Files.getAttribute(state, "unix:uid", LinkOption.NOFOLLOW_LINKS);
      if (owner.equals(0) && mode.equals("rwx------")) {
        findings.ok("state", state + " is root's alone");
      } else {
        findings.wrong(
            "state",
            "%s is of uid %s with mode %s".formatted(state, owner, mode),
            "chown root %1$s && chmod 700 %1$s".formatted(state));
      }
    } catch (IOException e) {
      findings.wrong("state", state + " cannot be looked at: " + e, "Run this as root.");
    }
  }

  /** Either a bridge answers, or there is room for one. */
  private void bridge(Settings settings) {
    var listen = settings.listen();
    try {
      var token = AdminToken.read(settings.adminToken());
      if (token.isPresent()) {
        var status = new ApiClient(listen, token.get()).get("status");
        findings.ok(
            "bridge",
            "version %s on %s, network %s"
                .formatted(
                    status.path("version").asText(),
                    listen,
                    status.path("network").path("subnet").asText()));
        return;
      }
    } catch (ApiClient.Declined e) {
      findings.wrong("bridge", "declines: " + e.problem(), e.remedy());
      return;
    } catch (ApiClient.NoBridge e) {
      // Nobody there: the next question is whether a bridge could be.
    }
    if (isFree(listen)) {
      findings.note("bridge", "does not run", "homeport serve --config " + config);
    } else {
      findings.wrong(
          "bridge", listen + " is in use", "Stop what listens there, or set listen in " + config);
    }
  }

  private void audit(Path file) {
    if (Files.exists(file) && !(Files.isRegularFile(file) && Files.isWritable(file))) {
      findings.wrong("audit", file + " cannot be written", "Mend that, or set audit.file.");
    } else if (Files.exists(file)) {
      ownersAlone("audit", file, "Run this as root.");
    }
    room("audit", file.getParent(), "audit.file");
  }

  /** Whether a folder can be filled; a missing one is made when it is needed. */
  private void room(String check, Path folder, String setting) {
    var place = folder;
    while (!Files.exists(place)) {
      place = place.getParent();
    }
    try {
      var free = Files.getFileStore(place).getUsableSpace();
      if (!Files.isDirectory(place) || !Files.isWritable(place)) {
        findings.wrong(
            check, folder + " cannot be written: see " + place, "Mend that, or set " + setting);
      } else if (free < LITTLE_ROOM) {
        findings.wrong(
            check,
            "%s has only %s left".formatted(folder, RunFollower.size(free)),
            "Make room there, or set " + setting);
      } else {
        findings.ok(check, "%s has %s left".formatted(folder, RunFollower.size(free)));
      }
    } catch (IOException e) {
      findings.wrong(check, folder + " cannot be looked at: " + e, "Run this as root.");
    }
  }

  /**
   * SQLite lies in a file, of which there is nothing to see that the state folder does not show.
   */
  private void database(String url) {
    if (!url.startsWith("jdbc:postgresql:")) {
      return;
    }
    DriverManager.setLoginTimeout(PATIENCE);
    try (var connection = DriverManager.getConnection(url)) {
      findings.ok("database", "PostgreSQL " + connection.getMetaData().getDatabaseProductVersion());
    } catch (SQLException e) {
      findings.wrong("database", e.getMessage(), "Start PostgreSQL, or correct database.");
    }
  }

  private void backup(BackupSettings backup) {
    if (!backup.isAutomatic()) {
      findings.note("backup", "homes are saved on demand only", "Set backup.remote.");
    } else if (backup.remote() instanceof RemoteChoice.Folder folder) {
      room("backup", folder.path(), "backup.remote");
    }
  }

  private void hub(HubSettings hub) {
    try {
      if (hub.token().get().isEmpty()) {
        findings.wrong(
            "hub", "hub.token-file is empty", "Put the token there that hub and bridge share.");
      } else {
        findings.ok("hub", "signs people in to the pages below " + hub.prefix());
      }
    } catch (UncheckedIOException e) {
      findings.wrong("hub", e.getMessage(), "Put the token there that hub and bridge share.");
    }
  }

  private void homes(AccountSettings accounts) {
    var homes = accounts.source() == Source.VIRTUAL ? accounts.homes() : Path.of("/home");
    if (Files.isDirectory(homes)) {
      findings.ok("homes", "%s accounts, homes below %s".formatted(accounts.source(), homes));
      room("homes", homes, "accounts.homes");
    } else {
      findings.wrong("homes", homes + " is no folder", "mkdir -p " + homes);
    }
  }

  private void data(DataSource data) {
    if (Files.isDirectory(data.source())) {
      findings.ok("data", data.source() + " is seen as " + data.target());
    } else if (data.optional()) {
      findings.note("data", data.source() + " is missing", "Servers start without it, and say so.");
    } else {
      findings.wrong(
          "data",
          data.source() + " is missing, so no server starts",
          "Create or mount it, or set optional: true for it.");
    }
  }

  private void drive(DriveSettings.Access access) {
    if (access instanceof DriveSettings.Consent consent) {
      secret(
          "drive", consent.secretFile(), "It holds the secret of the client " + consent.clientId());
      findings.note(
          "drive",
          "users are sent back to " + consent.redirect(),
          "Register exactly this address with Google, and publish the application: while its"
              + " status is Testing, each grant ends after 7 days.");
    } else {
      var account = (DriveSettings.ServiceAccount) access;
      secret("drive", account.keyFile(), "It holds the key of the service account");
    }
  }

  private void receiver(Path file) {
    secret("notify", file, "It holds the address that is told of backups");
    try {
      findings.ok("notify", Receiver.read(file) + " is told of backups");
    } catch (IOException e) {
      findings.wrong("notify", e.getMessage(), "Put the address there, alone.");
    }
  }

  /** Nobody but root may read what opens something. */
  private void secret(String check, Path file, String what) {
    ownersAlone(check, file, what + ": put it there.");
  }

  private void ownersAlone(String check, Path file, String fixWhenUnreadable) {
    try {
      var mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
      if (mode.endsWith("------")) {
        findings.ok(check, file + " is its owner's alone");
      } else {
        findings.wrong(check, file + " has mode " + mode, "chmod 600 " + file);
      }
    } catch (IOException e) {
      findings.wrong(check, file + " cannot be read", fixWhenUnreadable);
    }
  }

  private void engine(Settings settings) {
    var host = settings.docker().host();
    try (var engine =
        new DockerEngine(host, settings.docker().network(), settings.state().resolve("servers"))) {
      var version = engine.version();
      findings.ok("engine", "Docker %s, API %s".formatted(version.version(), version.apiVersion()));
      environments(settings, engine.images());
    } catch (EngineUnavailable e) {
      findings.wrong(
          "engine", e.getMessage(), "systemctl start docker, or correct docker.host: " + host);
    }
  }

  private void environments(Settings settings, ImageStore store) {
    var patterns = settings.environments().images();
    if (patterns.isEmpty()) {
      findings.wrong(
          "environments", "no image is allowed", "List patterns under environments.images.");
      return;
    }
    var items = new Environments(store, image -> List.of(), patterns).offer().items();
    var missing = items.stream().filter(environment -> !environment.present()).toList();
    if (items.isEmpty()) {
      findings.note("environments", "no image here matches a pattern", "docker pull IMAGE");
    } else {
      findings.ok("environments", (items.size() - missing.size()) + " images are here");
    }
    missing.forEach(environment -> missing(environment, settings.environments().pull()));
  }

  private void missing(Environment environment, Pull pull) {
    var message = environment.image() + " is not here";
    if (pull == Pull.NEVER) {
      findings.wrong("environments", message, "docker pull " + environment.image());
    } else {
      findings.note("environments", message, "The first start fetches it.");
    }
  }

  private static boolean isFree(ListenAddress listen) {
    if (listen instanceof ListenAddress.Unix unix) {
      return !Files.exists(unix.path());
    }
    var tcp = (ListenAddress.Tcp) listen;
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(tcp.host(), tcp.port()));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static long ownCapabilities() {
    try (var lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("CapEff:"))
          .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }
}
