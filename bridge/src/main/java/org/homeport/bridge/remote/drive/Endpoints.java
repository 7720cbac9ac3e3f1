package org.homeport.bridge.remote.drive;

import java.net.URI;
import java.time.Duration;

/**
 * Addresses at which Google listens.
 *
 * @param api the root of Drive's API, with a slash at its end
 * @param searchLag after how long searches surely find what was made
 */
public record Endpoints(URI api, URI consent, URI token, URI revoke, Duration searchLag) {
  public static final Endpoints GOOGLE =
      new Endpoints(
          URI.create("https://www.googleapis.com/"),
          URI.create("https://accounts.google.com/o/oauth2/v2/auth"),
          URI.create("https://oauth2.googleapis.com/token"),
          URI.create("https://oauth2.googleapis.com/revoke"),
          // Twice what was seen.
          Duration.ofMinutes(2));

  /** Everything at one address, as a pretended Drive has it, which is never late. */
  public static Endpoints at(String base) {
    return at(URI.create(base));
  }

  static Endpoints at(URI base) {
    return new Endpoints(
        base.resolve("/"),
        base.resolve("/o/oauth2/v2/auth"),
        base.resolve("/token"),
        base.resolve("/revoke"),
        Duration.ZERO);
  }
}
