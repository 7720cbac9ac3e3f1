package org.homeport.bridge.remote;

import org.homeport.spawn.identity.HubUser;

/** The storage that the backups of the users go to. */
public interface Remotes {

  /**
   * Opens the storage of one user's account; the caller closes it. Asks nothing of the remote yet.
   *
   * @throws NeedsReconnect when the user has not connected an account, or must do it again
   */
  Remote open(HubUser user);

  /** The same; tells of the pauses between retries, where there are any. */
  default Remote open(HubUser user, Waiting waiting) {
    return open(user);
  }
}
