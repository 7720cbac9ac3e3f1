package org.homeport.bridge.tree;

import com.fasterxml.jackson.annotation.JsonValue;
import org.homeport.spawn.identity.HubUser;

/**
 * The name of a tree in the database: its kind and a name that is unique in that kind, such as
 * {@code home:ada}. It never changes, wherever the tree is moved to.
 */
public record TreeId(String text) {
  private static final String HOME = "home:";

  public TreeId {
    if (!text.startsWith(HOME)) {
      throw new IllegalArgumentException("'" + text + "' does not name a tree.");
    }
  }

  /** The home of a user. */
  public static TreeId home(HubUser user) {
    return new TreeId(HOME + user.name());
  }

  /** The hub user to whom the tree belongs. */
  public HubUser user() {
    return HubUser.of(text.substring(HOME.length()));
  }

  @JsonValue
  @Override
  public String toString() {
    return text;
  }
}
