package org.homeport.bridge.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.homeport.bridge.index.EntryTable;
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
import org.homeport.bridge.tree.TreeId;

/**
 * Compares the index with the remote, and reads back a part of it. A big home is compared in parts,
 * each with a list of its own, so that neither side has to fit into memory.
 */
final class VerifyRun {
  private static final Optional<BackupContext.ObjectKind> ENTRY =
      Optional.of(BackupContext.ObjectKind.ENTRY);

  /** So many entries are compared at a time. */
  static final int AT_ONCE = 50_000;

  private final EntryTable entries;
  private final TreeId tree;
  private final Remote remote;
  private final VerifySample sample;
  private final RunProgress progress;
  private final Map<String, Optional<RemoteId>> folders = new Remembered<>();

  /** The results of the last lookups. */
  private static final class Remembered<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > 1000;
    }
  }

  VerifyRun(
      EntryTable entries, TreeId tree, Remote remote, VerifySample sample, RunProgress progress) {
    this.entries = entries;
    this.tree = tree;
    this.remote = remote;
    this.sample = sample;
    this.progress = progress;
  }

  /**
   * Compares everything.
   *
   * @param everything hands over all objects of the home
   * @return whether the remote has only what the index knows
   */
  boolean carryOut(Consumer<Consumer<RemoteObject>> everything) {
    var parts = parts(AT_ONCE);
    var knowsAll = true;
    for (var part = 0; part < parts; part++) {
      knowsAll &= compare(new Part(part, parts), everything);
    }
    return knowsAll;
  }

  private int parts(int atOnce) {
    var count = new long[3];
    entries.each(
        tree,
        entry -> {
          count[0]++;
          if (entry.kind() == Kind.FILE) {
            count[1]++;
            count[2] += entry.stat().size();
          }
        });
    progress.known(count[1], count[2]);
    return (int) (1 + count[0] / atOnce);
  }

  private record Part(int number, int of) {
    boolean holds(RemoteId id) {
      return Math.floorMod(id.value().hashCode(), of) == number;
    }
  }

  private boolean compare(Part part, Consumer<Consumer<RemoteObject>> everything) {
    var index = new HashMap<RemoteId, IndexEntry>();
    entries.each(
        tree, entry -> entry.id().filter(part::holds).ifPresent(id -> index.put(id, entry)));
    var objects = new HashMap<RemoteId, RemoteObject>();
    everything.accept(
        object -> {
          if (part.holds(object.id())) {
            objects.put(object.id(), object);
          }
        });
    index.forEach(
        (id, entry) -> {
          if (entry.state() == State.DONE) {
            compare(entry, look(objects, id));
          }
        });
    var extra =
        objects.values().stream()
            .filter(object -> BackupContext.ObjectKind.of(object).equals(ENTRY))
            .filter(object -> !object.trashed() && !index.containsKey(object.id()))
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
      found(entry.path(), Reason.MISSING, "is not at the remote");
      return;
    }
    var object = found.get();
    if (object.trashed()) {
      found(entry.path(), Reason.MISSING, "is in the trash at the remote");
    } else if (!object.name().equals(RemoteName.of(entry.name())) || !isInPlace(entry, object)) {
      found(entry.path(), Reason.DIFFERENT, "has another place at the remote");
    } else if (entry.kind() == Kind.FILE) {
      compareContent(entry, object.content().orElseThrow());
    }
  }

  private boolean isInPlace(IndexEntry entry, RemoteObject object) {
    var parent =
        folders.computeIfAbsent(
            entry.folder(), path -> entries.find(tree, path).flatMap(IndexEntry::id));
    return parent.isEmpty() || parent.get().equals(object.parent());
  }

  private void compareContent(IndexEntry entry, RemoteContent there) {
    var saved = entry.content().orElseThrow();
    if (!there.md5().equals(saved.md5()) || there.size() != entry.stat().size()) {
      found(entry.path(), Reason.DIFFERENT, "has another content at the remote");
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
