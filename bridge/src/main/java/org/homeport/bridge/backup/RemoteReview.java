package org.homeport.bridge.backup;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.homeport.bridge.index.IndexEntry;
import org.homeport.bridge.index.IndexEntry.Kind;
import org.homeport.bridge.index.IndexEntry.Saved;
import org.homeport.bridge.index.IndexEntry.State;
import org.homeport.bridge.remote.RemoteId;
import org.homeport.bridge.remote.RemoteName;
import org.homeport.bridge.remote.RemoteObject;

/**
 * Looks at what happened at the far end since the last run, in one call: the home is the truth, so
 * what somebody changed there is put right, and reported, and nothing of it is lost.
 *
 * <p>An edited file gets the home's version on top of the edit, which stays as a revision. What was
 * renamed, moved or put into the trash is brought back, and what was removed for good is sent
 * again: who wants something out of the backup names it in {@code .homeportignore}.
 */
final class RemoteReview {
  private final BackupContext context;
  private final Map<RemoteId, IndexEntry> known = new HashMap<>();
  private final List<IndexEntry> changed = new ArrayList<>();
  private final List<IndexEntry> removed = new ArrayList<>();

  RemoteReview(BackupContext context) {
    this.context = context;
  }

  /**
   * Does it, unless there is something of this home that the index has never heard of: then the
   * index is an old copy, and nothing that it says is to be acted upon.
   *
   * @return whether the index knew all
   */
  boolean review(String mark, Roots roots, FolderMaker folders) {
    var changes = context.remote().changesSince(mark);
    var byId = new HashMap<RemoteId, Optional<RemoteObject>>();
    changes.changes().forEach(change -> byId.put(change.id(), change.now()));
    if (!byId.isEmpty()) {
      find(byId.keySet());
      if (!knowsAll(byId.values())) {
        return false;
      }
      roots.review(byId);
      known.values().stream()
          // A folder first: what lies in it may be right once the folder is.
          .sorted(Comparator.comparing(IndexEntry::path))
          .forEach(entry -> review(entry, byId.get(entry.id().orElseThrow()), folders));
    }
    context.lease().check();
    context.entries().reviewed(context.id(), removed, changed, changes.token());
    return true;
  }

  private boolean knowsAll(Collection<Optional<RemoteObject>> objects) {
    var strangers =
        objects.stream()
            .flatMap(Optional::stream)
            .filter(object -> !object.trashed() && context.isEntry(object))
            .map(RemoteObject::id)
            .filter(id -> !known.containsKey(id))
            .toList();
    // What was deleted at home may be out of the trash again: that is its owner's business.
    return strangers.isEmpty() || context.history().everHad(context.id()).containsAll(strangers);
  }

  private void find(Set<RemoteId> ids) {
    context
        .entries()
        .each(
            context.id(),
            entry -> entry.id().filter(ids::contains).ifPresent(id -> known.put(id, entry)));
  }

  private void review(IndexEntry entry, Optional<RemoteObject> now, FolderMaker folders) {
    if (entry.state() == State.PENDING) {
      return; // whoever works on it looks first anyway
    }
    if (now.isEmpty()) {
      context.progress().note(entry.path(), "was removed at the far end; it is saved again");
      removed.add(entry);
      return;
    }
    var object = now.get();
    if (object.trashed()) {
      object = bringBack(entry, object);
    }
    var parent = folders.idOf(entry.folder());
    var name = RemoteName.of(entry.name());
    if (parent.isPresent()
        && !(object.parent().equals(parent.get()) && object.name().equals(name))) {
      context.progress().note(entry.path(), "was moved at the far end; it is back in its place");
      object = context.remote().move(object.id(), parent.get(), name);
    }
    if (entry.kind() == Kind.FILE) {
      reviewContent(entry, object);
    }
  }

  private RemoteObject bringBack(IndexEntry entry, RemoteObject object) {
    // Trashed with its folder, it may be back with its folder by now.
    var now = context.remote().find(object.id());
    if (now.isEmpty() || !now.get().trashed()) {
      return now.orElse(object);
    }
    context.progress().note(entry.path(), "was in the trash at the far end; it is back");
    return context.remote().untrash(object.id());
  }

  private void reviewContent(IndexEntry entry, RemoteObject object) {
    var there = object.content().orElseThrow();
    var saved = entry.content().orElseThrow();
    if (there.version().equals(saved.version())) {
      return;
    }
    if (there.md5().equals(saved.md5())) {
      changed.add(entry.saved(new Saved(there.md5(), there.version())));
    } else {
      context
          .progress()
          .note(
              entry.path(),
              "was edited at the remote; the home's version is current again, and the edit stays"
                  + " among the versions, in the trash if the home no longer has the file");
      context.remote().keep(object.id(), there.version());
      changed.add(entry.in(State.PENDING));
    }
  }
}
