package org.homeport.bridge.remote.drive;

import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Settings for reaching the users' Google Drives.
 *
 * @param access by whose consent
 * @param google where Google listens
 */
public record DriveSettings(Access access, DriveRates rates, Endpoints google) {

  /** The right by which Homeport acts in a Drive. */
  public sealed interface Access {}

  /**
   * Each user connects an account.
   *
   * @param clientId of the application that is registered with Google
   * @param secretFile holds the application's secret
   * @param redirect where Google sends the users back to, exactly as it is registered there
   */
  public record Consent(String clientId, Path secretFile, URI redirect) implements Access {
    public Consent {
      Objects.requireNonNull(secretFile);
      if (clientId.isBlank()) {
        throw new IllegalArgumentException("client-id: is empty");
      }
      if (!redirect.isAbsolute() || redirect.getFragment() != null) {
        throw new IllegalArgumentException("redirect: expected a whole address");
      }
    }
  }

  /**
   * A service account acts as every user, which the administrator of a Workspace allowed.
   *
   * @param keyFile the account's key, as Google hands it out
   * @param emails the address of a user, such as {@code {user}@campus.example}
   */
  public record ServiceAccount(Path keyFile, String emails) implements Access {
    public ServiceAccount {
      Objects.requireNonNull(keyFile);
      if (!emails.contains("{user}")) {
        throw new IllegalArgumentException("emails: expected {user} in it");
      }
    }
  }

  public DriveSettings {
    Objects.requireNonNull(access);
    Objects.requireNonNull(rates);
    Objects.requireNonNull(google);
  }
}
