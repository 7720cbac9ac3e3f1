package org.homeport.spawn.identity;

/**
 * A source of accounts: the host's own, TLJH's, or Homeport's virtual ones.
 *
 * <p>Repeatable: the same user has the same account at every call. May create the account. Throws
 * {@link org.homeport.spawn.refusal.SpawnRefused} for a user who has none and can get none.
 */
public interface Accounts {
  Account of(HubUser user);
}
