package org.homeport.bridge.tree;

import org.homeport.spawn.home.HomeFiles;
import org.homeport.spawn.identity.Accounts;
import org.homeport.spawn.refusal.SpawnRefused;

/** Finds trees on this host, with the door to them. */
public record Trees(Accounts accounts, HomeFiles homes) {

  /**
   * @throws SpawnRefused when the user to whom it belongs has no account
   */
  public Tree of(TreeId id) {
    var user = id.user();
    var account =
        accounts
            .find(user)
            .orElseThrow(
                () ->
                    new SpawnRefused(
                        "unknown-user",
                        "There is no account for " + user + ".",
                        "Check the name; homes are made at the first start of a server."));
    return new Tree(id, account.home(), account);
  }
}
