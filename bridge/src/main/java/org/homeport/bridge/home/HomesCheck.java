package org.homeport.bridge.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.homeport.bridge.check.Check;
import org.homeport.bridge.check.FileChecks;
import org.homeport.bridge.check.Findings;
import org.homeport.spawn.identity.AccountSettings;
import org.homeport.spawn.identity.AccountSettings.Source;

/** Looks whether the folder of the homes exists, and has room. */
public record HomesCheck(AccountSettings accounts) implements Check {
  @Override
  public void look(Findings findings) {
    var homes = accounts.source() == Source.VIRTUAL ? accounts.homes() : Path.of("/home");
    if (!FileChecks.answers(findings, "homes", homes)) {
      return;
    }
    if (Files.isDirectory(homes)) {
      findings.ok("homes", "%s accounts, homes below %s".formatted(accounts.source(), homes));
      FileChecks.room(findings, "homes", homes, "accounts.homes");
      groups(findings, homes);
    } else {
      findings.wrong("homes", homes + " is not a folder", "mkdir -p " + homes);
    }
  }

  private static void groups(Findings findings, Path homes) {
    try {
      if (Files.getFileStore(homes).type().startsWith("nfs")) {
        findings.note(
            "homes",
            homes + " lies on NFS, which takes only 16 groups of a user into account",
            "Let the NFS server look up groups itself: rpc.mountd --manage-gids.");
      }
    } catch (IOException e) {
      findings.wrong("homes", homes + " cannot be examined: " + e, "See whether its disk answers.");
    }
  }
}
