package org.homeport.bridge.backup;

import java.util.List;
import java.util.Optional;
import org.homeport.bridge.backup.BackupContext.ObjectKind;
import org.homeport.bridge.index.RootTable.Root;
import org.homeport.bridge.remote.NewFolder;
import org.homeport.bridge.remote.RemoteFeature;
import org.homeport.bridge.remote.RemoteId;
import org.homeport.bridge.remote.RemoteObject;
import org.homeport.bridge.remote.RemoteRejected;
import org.homeport.bridge.tree.Paths;

/** The folders above a home at the remote, made when they are first needed. */
final class Roots {
  private final BackupContext context;

  Roots(BackupContext context) {
    this.context = context;
  }

  /** The folder that is the home. */
  RemoteId home() {
    return folder(context.rootPath(), ObjectKind.HOME);
  }

  /** The folder of the manifests. */
  RemoteId manifests() {
    return folder(BackupContext.manifestsPath(context.id()), ObjectKind.ROOT);
  }

  /** The folder that is the home, when it was made already. */
  Optional<RemoteId> knownHome() {
    return context
        .roots()
        .find(context.id(), context.rootPath())
        .filter(Root::isDone)
        .map(Root::id);
  }

  /**
   * Brings these folders out of the trash. One may be there with a folder around it that Homeport
   * does not see, and then no change of its own tells.
   */
  void bringBack() {
    if (context.remote().features().contains(RemoteFeature.FEEDS_INHERITED_TRASH)) {
      return;
    }
    for (var path : List.of(context.rootPath(), BackupContext.manifestsPath(context.id()))) {
      if (find(path).filter(RemoteObject::trashed).isPresent()) {
        for (var slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
          bringBack(path.substring(0, slash));
        }
        bringBack(path);
      }
    }
  }

  private void bringBack(String path) {
    find(path).ifPresent(this::bringBack);
  }

  /**
   * Brings one of these folders out of the trash, and out of a folder of somebody's own that is in
   * it.
   */
  void bringBack(RemoteObject folder) {
    if (!isTrashed(folder.id())) {
      return;
    }
    context.progress().note("", "its folder was in the trash of the remote; it is back");
    context.remote().untrash(folder.id());
    if (isTrashed(folder.id())) {
      var path = context.roots().pathOf(context.id(), folder.id()).orElseThrow();
      context.remote().move(folder.id(), above(path), folder.name());
    }
    if (isTrashed(folder.id())) {
      throw new RemoteRejected(
          "The folder '%s' is in the trash of the remote and does not come out. Take it out there."
              .formatted(folder.name()));
    }
  }

  private boolean isTrashed(RemoteId id) {
    return context.remote().find(id).filter(RemoteObject::trashed).isPresent();
  }

  private Optional<RemoteObject> find(String path) {
    return context
        .roots()
        .find(context.id(), path)
        .filter(Root::isDone)
        .flatMap(root -> context.remote().find(root.id()));
  }

  private RemoteId folder(String path, ObjectKind kind) {
    var known = context.roots().find(context.id(), path);
    if (known.filter(Root::isDone).isPresent()) {
      return known.get().id();
    }
    var parent = above(path);
    var id = known.map(Root::id).orElseGet(() -> context.remote().reserveIds(1).get(0));
    put(path, new Root(id, false));
    var folder = new NewFolder(id, parent, Paths.name(path), context.tags(kind));
    context.remote().createFolders(List.of(folder));
    put(path, new Root(id, true));
    return id;
  }

  private RemoteId above(String path) {
    return path.contains("/")
        ? folder(Paths.folder(path), ObjectKind.ROOT)
        : context.remote().top();
  }

  private void put(String path, Root root) {
    context.lease().check();
    context.roots().put(context.id(), path, root);
  }
}
