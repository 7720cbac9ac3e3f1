package org.homeport.bridge.backup;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.homeport.bridge.backup.BackupContext.ObjectKind;
import org.homeport.bridge.index.IndexEntry;
import org.homeport.bridge.remote.RemoteId;
import org.homeport.bridge.remote.RemoteName;
import org.homeport.bridge.remote.RemoteObject;

/**
 * The repairs at the remote that a rebuild finds necessary.
 *
 * @param strays second copies of the home, of a file in it, or of a folder above
 */
record Repairs(List<RemoteId> strays, List<Misplaced> misplaced) {

  /** An object that somebody moved or renamed, with its place and name; empty for a manifest. */
  record Misplaced(String path, RemoteId id, RemoteId parent, String name) {}

  Repairs {
    strays = List.copyOf(strays);
    misplaced = List.copyOf(misplaced);
  }

  static List<Misplaced> misplaced(
      Map<String, IndexEntry> live, Map<RemoteId, RemoteObject> objects, FoundRoots roots) {
    var misplaced = new ArrayList<Misplaced>();
    for (var entry : sorted(live)) {
      var parent =
          entry.folder().isEmpty()
              ? roots.home()
              : Optional.ofNullable(live.get(entry.folder())).flatMap(IndexEntry::id);
      var object = entry.id().map(objects::get);
      if (object.isPresent() && parent.isPresent()) {
        check(entry.path(), object.get(), parent.get(), RemoteName.of(entry.name()))
            .ifPresent(misplaced::add);
      }
    }
    for (var object : objects.values()) {
      if (ObjectKind.of(object).equals(Optional.of(ObjectKind.RUN)) && !object.trashed()) {
        roots
            .manifests()
            .flatMap(parent -> check("", object, parent, object.name()))
            .ifPresent(misplaced::add);
      }
    }
    return misplaced;
  }

  private static List<IndexEntry> sorted(Map<String, IndexEntry> live) {
    return live.values().stream().sorted(Comparator.comparing(IndexEntry::path)).toList();
  }

  private static Optional<Misplaced> check(
      String path, RemoteObject object, RemoteId parent, String name) {
    return object.parent().equals(parent) && object.name().equals(name)
        ? Optional.empty()
        : Optional.of(new Misplaced(path, object.id(), parent, name));
  }
}
