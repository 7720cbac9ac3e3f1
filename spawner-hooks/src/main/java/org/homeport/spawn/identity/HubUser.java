package org.homeport.spawn.identity;

import com.fasterxml.jackson.annotation.JsonValue;
import org.homeport.spawn.refusal.SpawnRefused;

/**
 * A user name as JupyterHub has it. JupyterHub bans only the slash, the empty name and white space
 * at the edges, so this name is a key, never a path: {@code ..} and {@code a:b} are valid here.
 */
public record HubUser(String name) {
  private static final int MAX_LENGTH = 255;

  public HubUser {
    if (name == null || name.isBlank() || !name.equals(name.strip())) {
      throw refused(name, "is empty or has white space at its edges");
    }
    if (name.length() > MAX_LENGTH) {
      throw refused(name.substring(0, 40) + "…", "is longer than " + MAX_LENGTH + " characters");
    }
    if (name.indexOf('/') >= 0 || name.codePoints().anyMatch(Character::isISOControl)) {
      throw refused(name, "contains a slash or a control character");
    }
  }

  public static HubUser of(String name) {
    return new HubUser(name);
  }

  @JsonValue
  @Override
  public String toString() {
    return name;
  }

  private static SpawnRefused refused(String name, String why) {
    return new SpawnRefused(
        "bad-user-name",
        "The user name '" + name + "' " + why + ".",
        "Rename the user in the hub, or map the name in the authenticator.");
  }
}
