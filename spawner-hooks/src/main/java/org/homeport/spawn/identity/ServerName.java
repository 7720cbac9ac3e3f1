package org.homeport.spawn.identity;

import com.fasterxml.jackson.annotation.JsonValue;
import org.homeport.spawn.refusal.SpawnRefused;

/** The name of one of a user's servers as the hub has it; empty for the default server. */
public record ServerName(String name) {
  public static final ServerName DEFAULT = new ServerName("");

  public ServerName {
    HubName.check(name, ServerName::refused);
  }

  public static ServerName of(String name) {
    return new ServerName(name);
  }

  public boolean isDefault() {
    return name.isEmpty();
  }

  @JsonValue
  @Override
  public String toString() {
    return name;
  }

  private static SpawnRefused refused(String why) {
    return new SpawnRefused(
        "bad-server-name", "The server name " + why + ".", "Give the server another name.");
  }
}
