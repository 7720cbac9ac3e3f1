package org.homeport.bridge.remote.drive;

import org.homeport.bridge.check.Check;
import org.homeport.bridge.check.FileChecks;
import org.homeport.bridge.check.Findings;

/** Looks at the secrets by which Homeport reaches Google Drive. */
public record DriveCheck(DriveSettings settings) implements Check {
  @Override
  public void look(Findings findings) {
    if (settings.access() instanceof DriveSettings.Consent consent) {
      FileChecks.ownersAlone(
          findings,
          "drive",
          consent.secretFile(),
          "Put the secret of the client " + consent.clientId() + " there.");
      findings.note(
          "drive",
          "users are sent back to " + consent.redirect(),
          "Register exactly this address with Google, and publish the application: while its"
              + " status is Testing, each grant ends after 7 days.");
    } else {
      var account = (DriveSettings.ServiceAccount) settings.access();
      FileChecks.ownersAlone(
          findings, "drive", account.keyFile(), "Put the key of the service account there.");
    }
  }
}
