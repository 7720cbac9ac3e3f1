package org.homeport.bridge.log;

import java.nio.file.Files;
import org.homeport.bridge.check.Check;
import org.homeport.bridge.check.FileChecks;
import org.homeport.bridge.check.Findings;

/** Looks whether the audit log can be written, and by root only. */
public record AuditCheck(AuditSettings settings) implements Check {
  @Override
  public void look(Findings findings) {
    var file = settings.file();
    if (Files.exists(file) && !(Files.isRegularFile(file) && Files.isWritable(file))) {
      findings.wrong("audit", file + " cannot be written", "Fix that, or set audit.file.");
    } else if (Files.exists(file)) {
      FileChecks.ownersAlone(findings, "audit", file, "Run this as root.");
    }
    FileChecks.room(findings, "audit", file.getParent(), "audit.file");
  }
}
