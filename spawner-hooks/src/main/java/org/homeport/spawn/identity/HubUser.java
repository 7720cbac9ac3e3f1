package org.homeport.spawn.identity;

import com.fasterxml.jackson.annotation.JsonValue;
import org.homeport.spawn.refusal.SpawnRefused;

/**
 * A user name as JupyterHub has it. JupyterHub bans only the slash, the empty name and white space
 * at the edges, so this name is a key, never a path: {@code ..} and {@code a:b} are valid here.
 */
public record HubUser(String name) {
  public HubUser {
    HubName.check(name, HubUser::refused);
    if (name.isBlank() || !name.equals(name.strip())) {
      throw refused("'" + name + "' is empty or has white space at its edges");
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

  private static SpawnRefused refused(String why) {
    return new SpawnRefused(
        "bad-user-name",
        "The user name " + why + ".",
        "Rename the user in the hub, or map the name in the authenticator.");
  }
}
