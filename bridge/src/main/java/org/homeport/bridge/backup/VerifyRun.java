package org.homeport.bridge.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.homeport.bridge.index.IndexEntry;
import org.homeport.bridge.index.IndexEntry.Kind;
import org.homeport.bridge.index.IndexEntry.Saved;
import org.homeport.bridge.index.IndexEntry.State;
import org.homeport.bridge.remote.Remote;
import org.homeport.bridge.remote.RemoteId;
import org.homeport.bridge.remote.RemoteName;
import org.homeport.bridge.remote.RemoteObject;
import org.homeport.bridge.remote.RemoteObject.RemoteContent;
import org.homeport.bridge.remote.RemoteRejected;
import org.homeport.bridge.run.RunProgress;
import org.homeport.bridge.run.Skipped;
import org.homeport.bridge.run.Skipped.Reason;

/** Compares what the index says with what the far end has, and reads back a part of it. */
final class VerifyRun {
  private static final Optional<BackupContext.ObjectKind> ENTRY =
      Optional.of(BackupContext.ObjectKind.ENTRY);

  private final Map<String, IndexEntry> index;
  private final Remote remote;
  private final VerifySample sample;
  private final RunProgress progress;

  VerifyRun(
      Map<String, IndexEntry> index, Remote remote, VerifySample sample, RunProgress progress) {
    this.index = index;
    this.remote = remote;
    this.sample = sample;
    this.progress = progress;
  }

  /**
   * @param everything hands over all objects of the home
   * @return whether the remote has only what the index knows
   */
  boolean carryOut(Consumer<Consumer<RemoteObject>> everything) {
    var objects = new HashMap<RemoteId, RemoteObject>();
    everything.accept(object -> objects.put(object.id(), object));
    var known = new HashSet<RemoteId>();
    for (var entry : index.values()) {
      entry.id().ifPresent(known::add);
      if (entry.kind() == Kind.FILE) {
        progress.known(1, entry.stat().size());
      }
    }
    index.values().stream()
        .filter(entry -> entry.state() == State.DONE && entry.id().isPresent())
        .forEach(entry -> compare(entry, look(objects, entry.id().get())));
    var extra =
        objects.values().stream()
            .filter(object -> BackupContext.ObjectKind.of(object).equals(ENTRY))
            .filter(object -> !object.trashed() && !known.contains(object.id()))
            .toList();
    extra.forEach(
        object ->
            found(
                object.name(), Reason.EXTRA, "is not in the index; the next backup looks into it"));
    return extra.isEmpty();
  }

  /** A list may be behind the truth, a question for one object is not. */
  private Optional<RemoteObject> look(Map<RemoteId, RemoteObject> listed, RemoteId id) {
    return Optional.ofNullable(listed.get(id)).or(() -> remote.find(id));
  }

  private void compare(IndexEntry entry, Optional<RemoteObject> found) {
    if (found.isEmpty()) {
      found(entry.path(), Reason.MISSING, "is not at the far end");
      return;
    }
    var object = found.get();
    if (object.trashed()) {
      found(entry.path(), Reason.MISSING, "is in the trash at the far end");
    } else if (!object.name().equals(RemoteName.of(entry.name())) || !isInPlace(entry, object)) {
      found(entry.path(), Reason.DIFFERENT, "has another place at the far end");
    } else if (entry.kind() == Kind.FILE) {
      compareContent(entry, object.content().orElseThrow());
    }
  }

  private boolean isInPlace(IndexEntry entry, RemoteObject object) {
    var parent = index.get(entry.folder());
    return parent == null || parent.id().equals(Optional.of(object.parent()));
  }

  private void compareContent(IndexEntry entry, RemoteContent there) {
    var saved = entry.content().orElseThrow();
    if (!there.md5().equals(saved.md5()) || there.size() != entry.stat().size()) {
      found(entry.path(), Reason.DIFFERENT, "has another content at the far end");
    } else if (sample.contains(entry.id().orElseThrow())) {
      readBack(entry, there);
    } else {
      progress.done(1, there.size());
    }
  }

  private void readBack(IndexEntry entry, RemoteContent there) {
    progress.current(entry.path());
    try {
      var saved = new Saved(there.md5(), there.version());
      var content = new SavedContent(remote, entry.id().orElseThrow(), saved, there.size());
      if (!content.read(bytes -> {}) && !content.read(bytes -> {})) {
        throw content.damaged();
      }
      progress.sent(entry.path(), there.size());
    } catch (RemoteRejected e) {
      found(entry.path(), Reason.DAMAGED, e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("Nothing is written.", e);
    }
  }

  private void found(String path, Reason reason, String detail) {
    progress.skipped(new Skipped(path, reason, detail));
  }
}
