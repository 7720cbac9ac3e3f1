package org.homeport.bridge.remote.folder;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.homeport.bridge.remote.RemoteChanges.Change;
import org.homeport.bridge.remote.RemoteId;
import org.homeport.bridge.remote.RemoteObject;
import org.homeport.bridge.remote.RemoteObject.RemoteContent;
import org.homeport.bridge.remote.RemoteRejected;
import org.homeport.bridge.remote.RemoteRevision;

/** The objects of one account as its catalog states them, and the path of each on the disk. */
final class FolderTree {
  static final RemoteId TOP = new RemoteId("top");

  private final FolderPlaces places;
  private final FolderCatalog catalog;

  /** Paths of folders, which are asked for again for each file in them. */
  private final Map<RemoteId, Path> folders = new HashMap<>();

  private long foldersReplaced;

  FolderTree(FolderPlaces places, FolderCatalog catalog) {
    this.places = places;
    this.catalog = catalog;
  }

  /**
   * Whether the folders that all others lie in are on the disk.
   *
   * @param first the first entries of the catalog
   */
  boolean areThere(List<FolderEntry> first) {
    var paths = new HashMap<RemoteId, Path>();
    for (var entry : first) {
      var above = entry.parent().equals(TOP) ? places.folder() : paths.get(entry.parent());
      if (entry.isFolder() && above != null) {
        var path = FolderPlaces.child(above, entry.name());
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
          paths.put(entry.id(), path);
        } else if (!Files.isDirectory(places.trashed(entry.id()), LinkOption.NOFOLLOW_LINKS)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Objects that should be on the disk and are not. */
  Stream<FolderEntry> missing() {
    return catalog.all().stream().filter(entry -> !isThere(entry));
  }

  /** A folder that should be on the disk and is not, and is not in the trash either. */
  Optional<Path> missingFolder() {
    return catalog.all().stream()
        .filter(FolderEntry::isFolder)
        .filter(entry -> !isThere(entry))
        .map(this::path)
        .filter(path -> !path.startsWith(places.own()))
        .findFirst();
  }

  private boolean isThere(FolderEntry entry) {
    var path = path(entry);
    return entry.isFolder()
        ? Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
        : Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
  }

  Optional<FolderEntry> find(RemoteId id) {
    return catalog.find(id);
  }

  FolderEntry known(RemoteId id) {
    return find(id)
        .orElseThrow(() -> new RemoteRejected("The backup folder has no object " + id + "."));
  }

  Path path(FolderEntry entry) {
    if (entry.trashed()) {
      return places.trashed(entry.id());
    }
    return entry.parent().equals(TOP)
        ? places.top(entry.name())
        : FolderPlaces.child(folder(entry.parent()), entry.name());
  }

  private Path folder(RemoteId id) {
    if (foldersReplaced != catalog.foldersReplaced()) {
      folders.clear();
      foldersReplaced = catalog.foldersReplaced();
    }
    var path = folders.get(id);
    if (path == null) {
      path = path(known(id));
      folders.put(id, path);
    }
    return path;
  }

  /** Whether the object is the folder itself or lies in it, however deep. */
  boolean isWithin(RemoteId id, RemoteId folder) {
    return withAbove(id).anyMatch(entry -> entry.id().equals(folder));
  }

  private Stream<FolderEntry> withAbove(RemoteId id) {
    return id.equals(TOP)
        ? Stream.of()
        : Stream.iterate(
            known(id),
            entry -> entry != null,
            entry -> entry.parent().equals(TOP) ? null : known(entry.parent()));
  }

  RemoteObject object(FolderEntry entry) {
    var content =
        Optional.ofNullable(entry.content())
            .map(
                v -> new RemoteContent(Long.toString(v.number()), v.size(), v.md5(), v.modified()));
    var trashed = withAbove(entry.id()).anyMatch(FolderEntry::trashed);
    return new RemoteObject(
        entry.id(), entry.parent(), entry.name(), content, trashed, entry.tags());
  }

  List<RemoteRevision> revisions(RemoteId id) {
    return catalog.versions(id).stream().map(FolderTree::revision).toList();
  }

  private static RemoteRevision revision(FolderEntry.Version version) {
    return new RemoteRevision(
        Long.toString(version.number()), version.savedAt(), version.size(), version.md5());
  }

  List<RemoteObject> tagged(String key, String value) {
    return catalog.all().stream()
        .filter(entry -> value.equals(entry.tags().get(key)))
        .map(this::object)
        .toList();
  }

  /** The objects that changed after a number, and those that a change above put into the trash. */
  List<Change> changedSince(long number) {
    return catalog.all().stream()
        .filter(entry -> entry.number() > number || wasTrashedSince(number, entry))
        .map(entry -> new Change(entry.id(), Optional.of(object(entry))))
        .toList();
  }

  private boolean wasTrashedSince(long number, FolderEntry entry) {
    var above = withAbove(entry.id()).toList();
    return above.stream().anyMatch(FolderEntry::trashed)
        && above.stream().anyMatch(one -> one.number() > number);
  }
}
