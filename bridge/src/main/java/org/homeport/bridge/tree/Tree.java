package org.homeport.bridge.tree;

import java.nio.file.Path;
import java.util.Objects;
import org.homeport.spawn.identity.Account;
import org.homeport.spawn.identity.HubUser;

/**
 * A folder that is saved as a whole; a home is one.
 *
 * @param root where it lies on this host
 * @param owner as whom everything in it is read and written
 */
public record Tree(TreeId id, Path root, Account owner) {
  public Tree {
    Objects.requireNonNull(id);
    Objects.requireNonNull(root);
    Objects.requireNonNull(owner);
  }

  /** The hub user to whom the tree belongs. */
  public HubUser user() {
    return id.user();
  }
}
