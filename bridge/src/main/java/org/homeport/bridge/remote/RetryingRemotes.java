package org.homeport.bridge.remote;

import org.homeport.bridge.remote.RetryingRemote.Patience;
import org.homeport.spawn.identity.HubUser;

/** Opens storage whose calls are retried. */
public record RetryingRemotes(Remotes remotes, Patience patience) implements Remotes {

  @Override
  public Remote open(HubUser user) {
    return open(user, Waiting.UNNOTICED);
  }

  @Override
  public Remote open(HubUser user, Waiting waiting) {
    return new RetryingRemote(remotes.open(user), patience, waiting);
  }
}
