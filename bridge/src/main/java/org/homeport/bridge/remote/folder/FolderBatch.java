package org.homeport.bridge.remote.folder;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.homeport.bridge.remote.Batch;
import org.homeport.bridge.remote.Content;
import org.homeport.bridge.remote.NewFile;
import org.homeport.bridge.remote.RemoteId;

/**
 * Files on their way into a folder: their contents are written beside, a commit makes them all
 * durable with one sync, and then gives them their lines and places.
 */
final class FolderBatch implements Batch {
  private final FolderStore store;
  private final DiskSync sync;
  private final Map<RemoteId, FolderWriter.Arrival> arrived = new LinkedHashMap<>();
  private final Map<RemoteId, Outcome> outcomes = new HashMap<>();

  FolderBatch(FolderStore store, DiskSync sync) {
    this.store = store;
    this.sync = sync;
  }

  @Override
  public void create(NewFile file, Content content) {
    if (!isThere(file, content)) {
      receive(file, content);
    }
  }

  @Override
  public void update(NewFile file, Content content) {
    store.reading(() -> store.tree().known(file.id()));
    create(file, content);
  }

  private boolean isThere(NewFile file, Content content) {
    var held =
        store
            .writing(() -> store.tree().find(file.id()).map(store.tree()::object))
            .filter(object -> object.holds(content.md5()));
    synchronized (this) {
      held.ifPresent(object -> outcomes.put(file.id(), new Outcome.Arrived(object)));
    }
    return held.isPresent();
  }

  /** Outside the lock of the store: contents arrive side by side. */
  private void receive(NewFile file, Content content) {
    var incoming = store.places().incoming(file.id(), content.md5());
    FolderStore.unlocked(
        () -> {
          FolderFiles.receive(content, file.modified(), incoming);
          sync.written(incoming);
          return null;
        });
    synchronized (this) {
      arrived.put(file.id(), new FolderWriter.Arrival(file, content.size(), content.md5()));
    }
  }

  /** Keeps the failures for the next time that it is asked. */
  @Override
  public synchronized Map<RemoteId, Outcome> commit() {
    if (!arrived.isEmpty()) {
      FolderStore.unlocked(
          () -> {
            sync.all();
            return null;
          });
      outcomes.putAll(store.writing(() -> store.writer().take(arrived.values())));
      arrived.clear();
    }
    var all = Map.copyOf(outcomes);
    outcomes.clear();
    return all;
  }
}
