package org.homeport.bridge.backup;

import org.homeport.spawn.identity.Account;
import org.homeport.spawn.identity.Accounts;
import org.homeport.spawn.identity.AsUser;
import org.homeport.spawn.identity.HubUser;
import org.homeport.spawn.refusal.SpawnRefused;

/** Whose the homes are, and the way to act in them as their owners. */
public record HomeAccess(Accounts accounts, AsUser asUser) {

  /**
   * @throws SpawnRefused when the user has no account
   */
  Account account(HubUser user) {
    return accounts
        .find(user)
        .orElseThrow(
            () ->
                new SpawnRefused(
                    "unknown-user",
                    "There is no account for " + user + ".",
                    "Check the name; homes are made at the first start of a server."));
  }
}
