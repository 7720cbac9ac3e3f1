package org.homeport.bridge.server;

import java.nio.file.Files;
import org.homeport.bridge.check.Check;
import org.homeport.bridge.check.FileChecks;
import org.homeport.bridge.check.Findings;
import org.homeport.spawn.mount.DataSource;
import org.homeport.spawn.mount.DataSources;

/** Looks whether the data folders exist. */
public record DataCheck(DataSources data) implements Check {
  @Override
  public void look(Findings findings) {
    data.sources().forEach(source -> look(findings, source));
  }

  private static void look(Findings findings, DataSource data) {
    if (!FileChecks.answers(findings, "data", data.source())) {
      return;
    }
    if (Files.isDirectory(data.source())) {
      findings.ok("data", data.source() + " is mounted at " + data.target());
    } else if (data.optional()) {
      findings.note("data", data.source() + " is missing", "Servers start without it, and say so.");
    } else {
      findings.wrong(
          "data",
          data.source() + " is missing, so no server starts",
          "Create or mount it, or set optional: true for it.");
    }
  }
}
