package org.homeport.bridge.engine.docker;

import org.homeport.bridge.check.Check;
import org.homeport.bridge.check.Findings;
import org.homeport.bridge.engine.EngineUnavailable;

/** Looks whether Docker answers. */
public record DockerCheck(DockerEngine engine) implements Check {
  @Override
  public void look(Findings findings) {
    try {
      var version = engine.version();
      findings.ok("engine", "Docker %s, API %s".formatted(version.version(), version.apiVersion()));
    } catch (EngineUnavailable e) {
      findings.wrong("engine", e.getMessage(), engine.remedy());
    }
  }
}
