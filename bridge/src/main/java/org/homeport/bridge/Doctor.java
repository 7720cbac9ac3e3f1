package org.homeport.bridge;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.homeport.bridge.backup.BackupCheck;
import org.homeport.bridge.check.Check;
import org.homeport.bridge.check.Findings;
import org.homeport.bridge.command.BridgeCheck;
import org.homeport.bridge.database.DatabaseCheck;
import org.homeport.bridge.engine.docker.DockerCheck;
import org.homeport.bridge.engine.docker.DockerEngine;
import org.homeport.bridge.environment.Environments;
import org.homeport.bridge.environment.EnvironmentsCheck;
import org.homeport.bridge.home.HomesCheck;
import org.homeport.bridge.log.AuditCheck;
import org.homeport.bridge.notify.ReceiverCheck;
import org.homeport.bridge.pages.HubCheck;
import org.homeport.bridge.remote.drive.DriveCheck;
import org.homeport.bridge.server.DataCheck;
import org.homeport.bridge.server.LimitsCheck;
import org.homeport.bridge.settings.SettingsRefused;

/** Looks at everything that the bridge needs of its host; changes nothing. */
final class Doctor {
  private final Path config;

  Doctor(Path config) {
    this.config = config;
  }

  Findings examine() {
    var findings = new Findings();
    new HostCheck().look(findings);
    try {
      var settings = Settings.read(config);
      findings.ok("settings", config.toString());
      examine(settings, findings);
    } catch (SettingsRefused e) {
      e.getMessage().lines().forEach(line -> findings.wrong("settings", line, "Fix this line."));
    }
    return findings;
  }

  private void examine(Settings settings, Findings findings) {
    try (var engine = Homeport.engine(settings)) {
      checks(settings, engine).forEach(check -> check.look(findings));
    }
  }

  /** Looks at the limits of servers; a start of the bridge looks too. */
  static Check limits(Settings settings) {
    return new LimitsCheck(settings.limits(), Runtime.getRuntime().availableProcessors());
  }

  /** Lists the checks of all features, in the order of their lines. */
  private List<Check> checks(Settings settings, DockerEngine engine) {
    var checks = new ArrayList<Check>();
    checks.add(new StateCheck(settings.state()));
    checks.add(new DatabaseCheck(settings.database()));
    checks.add(new BridgeCheck(settings.listen(), settings.adminToken(), config));
    checks.add(new AuditCheck(settings.audit()));
    checks.add(new HomesCheck(settings.accounts()));
    checks.add(new DataCheck(settings.data()));
    checks.add(limits(settings));
    checks.add(new ProxyCheck(System.getenv()));
    checks.add(new BackupCheck(settings.backup()));
    settings.hub().map(HubCheck::new).ifPresent(checks::add);
    settings.drive().map(DriveCheck::new).ifPresent(checks::add);
    checks.add(new ReceiverCheck(settings.notifications()));
    checks.add(new DockerCheck(engine));
    checks.add(
        new EnvironmentsCheck(
            new Environments(engine.images(), image -> List.of(), settings.environments().images()),
            settings.environments()));
    return checks;
  }
}
