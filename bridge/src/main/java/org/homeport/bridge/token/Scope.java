package org.homeport.bridge.token;

import com.fasterxml.jackson.annotation.JsonValue;
import org.homeport.spawn.text.Spelling;

/** The rights of the bearer of a token. */
public enum Scope {
  /** The rights that a hub needs: servers, plans, environments. */
  HUB,
  /** Everything. */
  ADMIN,
  /** Look at everything, change nothing. */
  READ;

  /** Reads {@code hub}, {@code admin} or {@code read}. */
  public static Scope of(String text) {
    for (var scope : values()) {
      if (scope.toString().equals(text)) {
        return scope;
      }
    }
    throw new IllegalArgumentException("The scope '" + text + "' is not hub, admin or read.");
  }

  @JsonValue
  @Override
  public String toString() {
    return Spelling.of(this);
  }
}
