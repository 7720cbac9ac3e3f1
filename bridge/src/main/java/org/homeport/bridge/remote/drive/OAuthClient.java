package org.homeport.bridge.remote.drive;

import java.util.Objects;
import org.homeport.bridge.token.Secret;

/**
 * Homeport as an application that is registered with Google. A site that loses the id loses access
 * to every file that was made under it.
 */
public record OAuthClient(String id, Secret secret) {
  public OAuthClient {
    Objects.requireNonNull(secret);
    if (id.isBlank()) {
      throw new IllegalArgumentException("The client id of backup.drive is empty.");
    }
  }
}
