package org.homeport.bridge.server;

import org.homeport.bridge.check.Check;
import org.homeport.bridge.check.Findings;
import org.homeport.bridge.settings.Sizes;
import org.homeport.spawn.Limits;

/**
 * Looks whether servers can start and work within their limits.
 *
 * @param cores of this host
 */
public record LimitsCheck(Limits limits, int cores) implements Check {
  /** JupyterLab with one kernel takes about half of it. */
  private static final long LITTLE_MEMORY = 256L << 20;

  @Override
  public void look(Findings findings) {
    limits
        .cpus()
        .ifPresent(
            cpus -> {
              if (cpus > cores) {
                findings.wrong(
                    "limits",
                    "limits.cpus is %s, but this host has %d cores: no server starts"
                        .formatted(cpus, cores),
                    "Set limits.cpus to " + cores + " or less.");
              }
            });
    limits
        .memory()
        .ifPresent(
            memory -> {
              if (memory < LITTLE_MEMORY) {
                findings.wrong(
                    "limits",
                    "limits.memory is %s: JupyterLab does not fit in".formatted(Sizes.text(memory)),
                    "Set limits.memory to 512M or more.");
              }
            });
  }
}
