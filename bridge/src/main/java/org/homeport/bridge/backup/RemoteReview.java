package org.homeport.bridge.backup;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.homeport.bridge.backup.ReviewPlan.Look;
import org.homeport.bridge.backup.ReviewPlan.Repair;
import org.homeport.bridge.index.IndexEntry;
import org.homeport.bridge.remote.RemoteId;
import org.homeport.bridge.remote.RemoteObject;
import org.homeport.bridge.remote.RemoteRejected;
import org.homeport.bridge.run.Skipped;
import org.homeport.bridge.run.Skipped.Reason;

/** Looks at what happened at the remote, and carries out what the {@link ReviewPlan} says. */
final class RemoteReview {
  private final BackupContext context;
  private final Roots roots;

  RemoteReview(BackupContext context, Roots roots) {
    this.context = context;
    this.roots = roots;
  }

  /**
   * Puts right what was changed since a mark, unless there is something of this home that the index
   * has never heard of: then the index is an old copy, and nothing that it says is to be acted
   * upon.
   *
   * @return whether the index knew all
   */
  boolean since(String mark) {
    var changes = context.remote().changesSince(mark);
    var now = new HashMap<RemoteId, Optional<RemoteObject>>();
    changes.changes().forEach(change -> now.put(change.id(), change.now()));
    var look = look(now);
    if (!knowsAll(look)) {
      return false;
    }
    carryOut(ReviewPlan.of(look), changes.token());
    return true;
  }

  private Look look(Map<RemoteId, Optional<RemoteObject>> now) {
    var entries = new HashMap<RemoteId, IndexEntry>();
    if (!now.isEmpty()) {
      context
          .entries()
          .each(
              context.id(),
              entry -> entry.id().filter(now::containsKey).ifPresent(id -> entries.put(id, entry)));
    }
    var above = new HashMap<RemoteId, String>();
    for (var id : now.keySet()) {
      if (!entries.containsKey(id)) {
        context.roots().pathOf(context.id(), id).ifPresent(path -> above.put(id, path));
      }
    }
    return new Look(now, entries, above, this::idOf);
  }

  private Optional<RemoteId> idOf(String folder) {
    return folder.isEmpty() ? roots.knownHome() : RemoteFolders.indexed(context, folder);
  }

  private boolean knowsAll(Look look) {
    var strangers =
        look.now().values().stream()
            .flatMap(Optional::stream)
            .filter(object -> !object.trashed() && context.isEntry(object))
            .map(RemoteObject::id)
            .filter(id -> !look.entries().containsKey(id))
            .toList();
    // What was deleted at home may be out of the trash again: that is its owner's business.
    return strangers.isEmpty() || context.history().everHad(context.id()).containsAll(strangers);
  }

  private void carryOut(ReviewPlan plan, String mark) {
    plan.notes().forEach(note -> context.progress().note(note.path(), note.text()));
    plan.edits().forEach((id, version) -> context.remote().keep(id, version));
    plan.lostRoots().forEach(path -> context.roots().forget(context.id(), path));
    plan.trashedRoots().forEach(roots::bringBack);
    plan.repairs().forEach(this::repair);
    context.lease().check();
    context.entries().reviewed(context.id(), plan.lost(), plan.changed(), mark);
  }

  private void repair(Repair repair) {
    try {
      if (repair.trashed()) {
        bringOut(repair);
      }
      if (repair.parent().isPresent()) {
        context.progress().note(repair.path(), "was moved at the remote; it is back in its place");
        context.remote().move(repair.id(), repair.parent().get(), repair.name());
      }
    } catch (RemoteRejected e) {
      context.progress().skipped(new Skipped(repair.path(), Reason.REJECTED, e.getMessage()));
    }
  }

  /** Trashed with its folder, it may be back with its folder by now. */
  private void bringOut(Repair repair) {
    if (context.remote().find(repair.id()).filter(RemoteObject::trashed).isPresent()) {
      context.progress().note(repair.path(), "was in the trash at the remote; it is back");
      context.remote().untrash(repair.id());
    }
  }
}
