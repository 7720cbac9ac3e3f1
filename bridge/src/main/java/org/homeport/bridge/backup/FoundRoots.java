package org.homeport.bridge.backup;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.homeport.bridge.backup.BackupContext.ObjectKind;
import org.homeport.bridge.index.RootTable.Root;
import org.homeport.bridge.remote.RemoteId;
import org.homeport.bridge.remote.RemoteObject;

/**
 * The folders above a home and above its manifests, as they are found at the remote.
 *
 * @param strays second copies of them
 */
record FoundRoots(
    Map<String, Root> byPath,
    Optional<RemoteId> home,
    Optional<RemoteId> manifests,
    List<RemoteId> strays) {

  static FoundRoots of(Map<RemoteId, RemoteObject> objects, String homePath, String manifestsPath) {
    return new Search(objects).find(homePath, manifestsPath);
  }

  private record Search(Map<RemoteId, RemoteObject> objects) {

    FoundRoots find(String homePath, String manifestsPath) {
      var roots = new HashMap<String, Root>();
      var home = sorted(ObjectKind.HOME).stream().findFirst();
      home.ifPresent(folder -> put(roots, homePath, folder));
      var others = sorted(ObjectKind.ROOT);
      var manifests =
          others.stream().filter(folder -> path(folder).equals(manifestsPath)).findFirst();
      manifests.ifPresent(folder -> put(roots, manifestsPath, folder));
      var strays = new ArrayList<RemoteId>();
      for (var other : others) {
        var root = roots.computeIfAbsent(path(other), path -> new Root(other.id(), true));
        if (!root.id().equals(other.id())) {
          strays.add(other.id());
        }
      }
      return new FoundRoots(
          roots, home.map(RemoteObject::id), manifests.map(RemoteObject::id), strays);
    }

    private List<RemoteObject> sorted(ObjectKind kind) {
      return objects.values().stream()
          .filter(object -> !object.trashed() && ObjectKind.of(object).equals(Optional.of(kind)))
          .sorted(Comparator.comparing(object -> object.id().value()))
          .toList();
    }

    /** Puts a folder and those above it. */
    private void put(Map<String, Root> roots, String path, RemoteObject folder) {
      roots.put(path, new Root(folder.id(), true));
      for (var at = objects.get(folder.parent()); at != null; at = objects.get(at.parent())) {
        roots.put(path(at), new Root(at.id(), true));
      }
    }

    private String path(RemoteObject object) {
      var parent = objects.get(object.parent());
      return parent == null ? object.name() : path(parent) + "/" + object.name();
    }
  }
}
