package org.homeport.spawn.identity;

import java.util.Optional;
import org.homeport.spawn.refusal.SpawnRefused;

/**
 * A source of accounts: the host's own, TLJH's, or Homeport's virtual ones.
 *
 * <p>Both methods may ask a network service and block. Both throw {@link SpawnRefused} for an
 * account that must not run a server, and with the code {@code accounts-unavailable} when the host
 * cannot tell at the moment.
 */
public interface Accounts {

  /**
   * The user's account, made when there is none yet. The same user always has the same account.
   *
   * @throws SpawnRefused for a user who has none and can get none
   */
  Account of(HubUser user);

  /** The user's account as it is now; makes nothing. */
  Optional<Account> find(HubUser user);
}
