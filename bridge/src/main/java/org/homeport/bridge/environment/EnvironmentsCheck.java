package org.homeport.bridge.environment;

import org.homeport.bridge.check.Check;
import org.homeport.bridge.check.Findings;
import org.homeport.bridge.engine.EngineUnavailable;
import org.homeport.bridge.environment.EnvironmentSettings.Pull;
import org.homeport.bridge.environment.Environments.Environment;
import org.homeport.bridge.settings.Sizes;

/** Looks which of the allowed images are here, and whether there is room for the others. */
public record EnvironmentsCheck(Environments environments, EnvironmentSettings settings)
    implements Check {
  @Override
  public void look(Findings findings) {
    if (settings.images().isEmpty()) {
      findings.wrong(
          "environments", "no image is allowed", "List patterns under environments.images.");
      return;
    }
    try {
      offer(findings);
    } catch (EngineUnavailable e) {
      // The check of the engine has told.
    }
  }

  private void offer(Findings findings) {
    var items = environments.offer().items();
    var missing = items.stream().filter(environment -> !environment.present()).toList();
    var present = items.size() - missing.size();
    if (items.isEmpty()) {
      findings.note("environments", "no image here matches a pattern", "docker pull IMAGE");
    } else {
      findings.ok("environments", present == 1 ? "1 image is here" : present + " images are here");
    }
    missing.forEach(environment -> missing(findings, environment));
  }

  private void missing(Findings findings, Environment environment) {
    var message = environment.image() + " is not here";
    if (settings.pull() == Pull.NEVER) {
      findings.wrong("environments", message, "docker pull " + environment.image());
    } else if (environments.freeSpace().orElse(Long.MAX_VALUE) < settings.keepFree()) {
      findings.wrong(
          "environments",
          message + ", and less than " + Sizes.text(settings.keepFree()) + " of the disk are free",
          "Make room, or set environments.keep-free: no start fetches it before.");
    } else {
      findings.note("environments", message, "The first start fetches it.");
    }
  }
}
