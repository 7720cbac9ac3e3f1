package org.homeport.bridge.backup;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.homeport.bridge.index.IndexEntry;
import org.homeport.bridge.index.IndexEntry.Kind;
import org.homeport.bridge.index.IndexEntry.Saved;
import org.homeport.bridge.index.IndexEntry.State;
import org.homeport.bridge.remote.RemoteId;
import org.homeport.bridge.remote.RemoteName;
import org.homeport.bridge.remote.RemoteObject;
import org.homeport.bridge.run.Report.Note;

/**
 * Everything that has to be done about changes that somebody made at the remote: the home is the
 * truth, so what was changed there is put right, and nothing of it is lost. Knows no remote and no
 * database.
 *
 * <p>An edited file gets the home's version on top of the edit, which stays as a revision. Whatever
 * was renamed, moved or put into the trash is brought back, and what was removed permanently is
 * sent again: people who want something out of the backup name it in {@code .homeportignore}.
 *
 * @param repairs in their order: a folder comes before what lies in it
 * @param lostRoots paths of folders above the home that are gone
 * @param trashedRoots folders above the home that are in the trash
 * @param lost entries that are gone, in every version
 * @param changed entries of which the index has to note something else from now on
 * @param edits versions of files that somebody made at the remote, which are to be kept
 */
record ReviewPlan(
    List<Repair> repairs,
    List<String> lostRoots,
    List<RemoteObject> trashedRoots,
    List<IndexEntry> lost,
    List<IndexEntry> changed,
    Map<RemoteId, String> edits,
    List<Note> notes) {

  /**
   * A change of one object that puts it right.
   *
   * @param path in the home
   * @param trashed whether it has to come out of the trash
   * @param parent where it belongs; empty when it may stay where it is
   */
  record Repair(
      String path, RemoteId id, boolean trashed, Optional<RemoteId> parent, String name) {}

  /**
   * A look at the remote.
   *
   * @param now the objects that changed; empty ones are gone
   * @param entries what the index has of them
   * @param roots the paths of those that are folders above the home
   * @param folders the id that a folder of the home has at the remote
   */
  record Look(
      Map<RemoteId, Optional<RemoteObject>> now,
      Map<RemoteId, IndexEntry> entries,
      Map<RemoteId, String> roots,
      Function<String, Optional<RemoteId>> folders) {}

  static ReviewPlan of(Look look) {
    var plan =
        new ReviewPlan(
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new HashMap<>(),
            new ArrayList<>());
    look.roots().forEach((id, path) -> plan.addRoot(path, look.now().get(id)));
    look.entries().values().stream()
        // What is pending is looked at anyway, by whoever works on it.
        .filter(entry -> entry.state() == State.DONE)
        .sorted(Comparator.comparing(IndexEntry::path))
        .forEach(entry -> plan.add(entry, look));
    return plan;
  }

  private void addRoot(String path, Optional<RemoteObject> now) {
    if (now.isEmpty()) {
      lostRoots.add(path);
    } else if (now.get().trashed()) {
      // Moving and renaming these folders is fine.
      trashedRoots.add(now.get());
    }
  }

  private void add(IndexEntry entry, Look look) {
    var now = look.now().get(entry.id().orElseThrow());
    if (now.isEmpty()) {
      notes.add(new Note(entry.path(), "was removed at the remote; it is saved again"));
      lost.add(entry);
      return;
    }
    var object = now.get();
    var name = RemoteName.of(entry.name());
    var parent =
        look.folders()
            .apply(entry.folder())
            .filter(there -> !there.equals(object.parent()) || !name.equals(object.name()));
    if (object.trashed() || parent.isPresent()) {
      repairs.add(new Repair(entry.path(), object.id(), object.trashed(), parent, name));
    }
    if (entry.kind() == Kind.FILE) {
      addContent(entry, object);
    }
  }

  private void addContent(IndexEntry entry, RemoteObject object) {
    var there = object.content().orElseThrow();
    var saved = entry.content().orElseThrow();
    if (there.version().equals(saved.version())) {
      return;
    }
    if (there.md5().equals(saved.md5())) {
      changed.add(entry.saved(new Saved(there.md5(), there.version())));
    } else {
      notes.add(
          new Note(
              entry.path(),
              "was edited at the remote; the home's version is current again, and the edit stays"
                  + " among the versions, in the trash if the home no longer has the file"));
      edits.put(object.id(), there.version());
      changed.add(entry.in(State.PENDING));
    }
  }
}
