package org.homeport.bridge.notify;

import java.io.IOException;
import java.nio.file.Path;
import org.homeport.bridge.check.Check;
import org.homeport.bridge.check.FileChecks;
import org.homeport.bridge.check.Findings;

/** Looks at the files with the addresses that are told of backups. */
public record ReceiverCheck(NotifySettings settings) implements Check {
  @Override
  public void look(Findings findings) {
    settings.files().forEach(file -> look(findings, file));
  }

  private static void look(Findings findings, Path file) {
    FileChecks.ownersAlone(
        findings, "notify", file, "Put the address there that is told of backups.");
    try {
      findings.ok("notify", Receiver.read(file) + " is told of backups");
    } catch (IOException e) {
      findings.wrong("notify", e.getMessage(), "Put the address there, and nothing else.");
    }
  }
}
