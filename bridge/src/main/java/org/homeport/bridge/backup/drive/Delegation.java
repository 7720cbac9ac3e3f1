package org.homeport.bridge.backup.drive;

import com.google.api.client.http.HttpTransport;
import com.google.auth.oauth2.OAuth2Credentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.homeport.spawn.identity.HubUser;

/**
 * A service account that the administrator of a Workspace lets act as every user, so that nobody
 * has to connect anything. Whoever has its key can do the same: it is for a campus that chose so.
 */
final class Delegation implements DriveGrants {
  private static final String USER = "{user}";

  private final ServiceAccountCredentials key;
  private final String emails;

  /**
   * @param emails the address of a user, such as {@code {user}@campus.example}
   */
  Delegation(Path keyFile, String emails, HttpTransport transport) throws IOException {
    if (!emails.contains(USER)) {
      throw new IllegalArgumentException(
          "The addresses of the users need " + USER + " in them: " + emails);
    }
    try (var in = Files.newInputStream(keyFile)) {
      this.key = ServiceAccountCredentials.fromStream(in, () -> transport);
    }
    this.emails = emails;
  }

  @Override
  public OAuth2Credentials of(HubUser user) {
    return key.createScoped(List.of(DriveAccounts.SCOPE))
        .createDelegated(emails.replace(USER, user.name()));
  }

  /** A key has no consent that could end: what Google refused is for the administrator. */
  @Override
  public void ended(HubUser user) {}
}
