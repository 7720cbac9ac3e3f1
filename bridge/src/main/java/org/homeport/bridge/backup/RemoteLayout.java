package org.homeport.bridge.backup;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.homeport.bridge.backup.BackupContext.ObjectKind;
import org.homeport.bridge.index.IndexEntry;
import org.homeport.bridge.index.RootTable.Root;
import org.homeport.bridge.remote.RemoteId;
import org.homeport.bridge.remote.RemoteName;
import org.homeport.bridge.remote.RemoteObject;

/**
 * The layout of a home at the remote as a rebuild finds it, with the repairs that it needs.
 *
 * @param roots the folders above the home and above its manifests, by path
 * @param strays second copies of the home, of a file in it, or of a folder above
 */
record RemoteLayout(Map<String, Root> roots, List<RemoteId> strays, List<Misplaced> misplaced) {

  /** An object that somebody moved or renamed, with its place and name; empty for a manifest. */
  record Misplaced(String path, RemoteId id, RemoteId parent, String name) {}

  RemoteLayout {
    roots = Map.copyOf(roots);
    strays = List.copyOf(strays);
    misplaced = List.copyOf(misplaced);
  }

  /**
   * @param live what is in the home, by path
   * @param strays those that are known already
   */
  static RemoteLayout of(
      Map<RemoteId, RemoteObject> objects,
      Map<String, IndexEntry> live,
      List<RemoteId> strays,
      String homePath,
      String manifestsPath) {
    var search = new Search(objects, new HashMap<>(), new ArrayList<>(strays));
    search.findRoots(homePath, manifestsPath);
    var misplaced = search.misplaced(live, homePath, manifestsPath);
    return new RemoteLayout(search.roots, search.strays, misplaced);
  }

  private record Search(
      Map<RemoteId, RemoteObject> objects, Map<String, Root> roots, List<RemoteId> strays) {

    void findRoots(String homePath, String manifestsPath) {
      sorted(ObjectKind.HOME).stream().findFirst().ifPresent(home -> put(homePath, home));
      var others = sorted(ObjectKind.ROOT);
      others.stream()
          .filter(folder -> path(folder).equals(manifestsPath))
          .findFirst()
          .ifPresent(folder -> put(manifestsPath, folder));
      for (var other : others) {
        var root = roots.computeIfAbsent(path(other), path -> new Root(other.id(), true));
        if (!root.id().equals(other.id())) {
          strays.add(other.id());
        }
      }
    }

    private List<RemoteObject> sorted(ObjectKind kind) {
      return objects.values().stream()
          .filter(object -> !object.trashed() && ObjectKind.of(object).equals(Optional.of(kind)))
          .sorted(Comparator.comparing(object -> object.id().value()))
          .toList();
    }

    /** Puts a folder and those above it. */
    private void put(String path, RemoteObject folder) {
      roots.put(path, new Root(folder.id(), true));
      for (var at = objects.get(folder.parent()); at != null; at = objects.get(at.parent())) {
        roots.put(path(at), new Root(at.id(), true));
      }
    }

    private String path(RemoteObject object) {
      var parent = objects.get(object.parent());
      return parent == null ? object.name() : path(parent) + "/" + object.name();
    }

    List<Misplaced> misplaced(Map<String, IndexEntry> live, String homePath, String manifestsPath) {
      var misplaced = new ArrayList<Misplaced>();
      live.values().stream()
          .sorted(Comparator.comparing(IndexEntry::path))
          .forEach(
              entry ->
                  parent(entry, live, homePath)
                      .flatMap(parent -> misplaced(entry, parent))
                      .ifPresent(misplaced::add));
      root(manifestsPath)
          .ifPresent(
              parent ->
                  sorted(ObjectKind.RUN)
                      .forEach(
                          run -> check("", run, parent, run.name()).ifPresent(misplaced::add)));
      return misplaced;
    }

    private Optional<RemoteId> parent(
        IndexEntry entry, Map<String, IndexEntry> live, String homePath) {
      return entry.folder().isEmpty()
          ? root(homePath)
          : Optional.ofNullable(live.get(entry.folder())).flatMap(IndexEntry::id);
    }

    private Optional<RemoteId> root(String path) {
      return Optional.ofNullable(roots.get(path)).map(Root::id);
    }

    private Optional<Misplaced> misplaced(IndexEntry entry, RemoteId parent) {
      return entry
          .id()
          .map(objects::get)
          .flatMap(object -> check(entry.path(), object, parent, RemoteName.of(entry.name())));
    }

    private static Optional<Misplaced> check(
        String path, RemoteObject object, RemoteId parent, String name) {
      return object.parent().equals(parent) && object.name().equals(name)
          ? Optional.empty()
          : Optional.of(new Misplaced(path, object.id(), parent, name));
    }
  }
}
