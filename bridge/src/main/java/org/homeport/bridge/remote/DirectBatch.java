package org.homeport.bridge.remote;

import java.util.HashMap;
import java.util.Map;

/** The batch of a remote at which every file is durable as soon as it is sent. */
final class DirectBatch implements Batch {
  private final Remote remote;
  private Map<RemoteId, Outcome> arrived = new HashMap<>();

  DirectBatch(Remote remote) {
    this.remote = remote;
  }

  @Override
  public void create(NewFile file, Content content) {
    arrived(remote.create(file, content));
  }

  @Override
  public void update(NewFile file, Content content) {
    arrived(remote.update(file, content));
  }

  private synchronized void arrived(RemoteObject object) {
    arrived.put(object.id(), new Outcome.Arrived(object));
  }

  @Override
  public synchronized Map<RemoteId, Outcome> commit() {
    var all = arrived;
    arrived = new HashMap<>();
    return all;
  }
}
