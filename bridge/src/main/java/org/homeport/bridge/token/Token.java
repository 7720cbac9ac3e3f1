package org.homeport.bridge.token;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The right to call the API, without the secret itself.
 *
 * @param id names the token in lists; no secret
 * @param name what it is for, in the words of who made it
 * @param lastUsedAt to the minute; empty when it was never used
 * @param revokedAt since when it opens nothing; empty while it does
 */
public record Token(
    String id,
    String name,
    Scope scope,
    Instant createdAt,
    Optional<Instant> lastUsedAt,
    Optional<Instant> revokedAt) {
  private static final int LONGEST_NAME = 100;

  public Token {
    Objects.requireNonNull(id);
    Objects.requireNonNull(scope);
    Objects.requireNonNull(createdAt);
    checkName(name);
  }

  /** Returns the name, or refuses it. */
  public static String checkName(String name) {
    if (name.isBlank()
        || name.length() > LONGEST_NAME
        || name.codePoints().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "The name of a token has 1 to " + LONGEST_NAME + " characters, on one line.");
    }
    return name;
  }
}
