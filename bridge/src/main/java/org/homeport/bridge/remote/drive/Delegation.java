package org.homeport.bridge.remote.drive;

import com.google.api.client.http.HttpTransport;
import com.google.auth.oauth2.OAuth2Credentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.homeport.bridge.remote.NeedsReconnect;
import org.homeport.bridge.remote.RemoteFailure;
import org.homeport.bridge.remote.RemoteRejected;
import org.homeport.spawn.identity.HubUser;

/**
 * A service account that the administrator of a Workspace lets act as every user, so that nobody
 * has to connect anything. Anyone who has its key can do the same, so a campus must choose this on
 * purpose.
 */
final class Delegation implements DriveGrants {
  private static final String USER = "{user}";

  private final ServiceAccountCredentials key;
  private final String emails;

  Delegation(DriveSettings.ServiceAccount account, HttpTransport transport) throws IOException {
    try (var in = Files.newInputStream(account.keyFile())) {
      this.key = ServiceAccountCredentials.fromStream(in, () -> transport);
    }
    this.emails = account.emails();
  }

  @Override
  public OAuth2Credentials of(HubUser user) {
    return key.createScoped(List.of(DriveAccounts.SCOPE)).createDelegated(email(user));
  }

  /** A key has no consent that could end: a refusal is for the administrator to solve. */
  @Override
  public RemoteFailure ended(HubUser user, NeedsReconnect refusal) {
    return new RemoteRejected(
        "Google lets nobody act as %s: check that the Workspace has this address, or backup.drive.emails."
            .formatted(email(user)),
        refusal);
  }

  private String email(HubUser user) {
    return emails.replace(USER, user.name());
  }
}
