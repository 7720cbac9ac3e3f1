package org.homeport.bridge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.homeport.bridge.check.Check;
import org.homeport.bridge.check.FileChecks;
import org.homeport.bridge.check.Findings;

/** Looks whether the state folder belongs to root alone, and has room. */
record StateCheck(Path state) implements Check {
  @Override
  public void look(Findings findings) {
    owner(findings);
    FileChecks.room(findings, "state", state, "state");
  }

  private void owner(Findings findings) {
    if (!Files.exists(state)) {
      findings.note("state", state + " does not exist yet", "The first start creates it.");
      return;
    }
    try {
      var mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(state));
      var owner = Files.getAttribute(state, "unix:uid", LinkOption.NOFOLLOW_LINKS);
      if (owner.equals(0) && mode.equals("rwx------")) {
        findings.ok("state", state + " is open to root only");
      } else {
        findings.wrong(
            "state",
            "%s belongs to uid %s and has mode %s".formatted(state, owner, mode),
            "chown root %1$s && chmod 700 %1$s".formatted(state));
      }
    } catch (IOException e) {
      findings.wrong("state", state + " cannot be examined: " + e, "Run this as root.");
    }
  }
}
