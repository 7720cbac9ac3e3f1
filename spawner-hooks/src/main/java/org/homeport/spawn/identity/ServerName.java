package org.homeport.spawn.identity;

import com.fasterxml.jackson.annotation.JsonValue;
import org.homeport.spawn.refusal.SpawnRefused;

/** The name of one of a user's servers as the hub has it; empty for the default server. */
public record ServerName(String name) {
  public static final ServerName DEFAULT = new ServerName("");
  private static final int MAX_LENGTH = 255;

  public ServerName {
    if (name == null
        || name.length() > MAX_LENGTH
        || name.indexOf('/') >= 0
        || name.codePoints().anyMatch(Character::isISOControl)) {
      throw new SpawnRefused(
          "bad-server-name",
          "The server name '" + name + "' is not one that JupyterHub can have.",
          "Use at most " + MAX_LENGTH + " characters, without slashes and control characters.");
    }
  }

  public static ServerName of(String name) {
    return name.isEmpty() ? DEFAULT : new ServerName(name);
  }

  public boolean isDefault() {
    return name.isEmpty();
  }

  @JsonValue
  @Override
  public String toString() {
    return name;
  }
}
