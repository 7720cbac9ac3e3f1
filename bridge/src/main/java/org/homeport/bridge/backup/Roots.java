package org.homeport.bridge.backup;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.homeport.bridge.backup.BackupContext.ObjectKind;
import org.homeport.bridge.index.Paths;
import org.homeport.bridge.index.RootTable.Root;
import org.homeport.bridge.remote.NewFolder;
import org.homeport.bridge.remote.RemoteId;
import org.homeport.bridge.remote.RemoteObject;

/** The folders above a home at the far end, made when they are first needed. */
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

  /** Puts right what somebody did to these folders; moving and renaming them is fine. */
  void review(Map<RemoteId, Optional<RemoteObject>> changed) {
    for (var change : changed.entrySet()) {
      var id = change.getKey();
      context
          .roots()
          .pathOf(context.id(), id)
          .ifPresent(path -> review(id, path, change.getValue()));
    }
  }

  private void review(RemoteId id, String path, Optional<RemoteObject> now) {
    if (now.isEmpty()) {
      context.roots().forget(context.id(), path);
    } else if (now.get().trashed()
        && context.remote().find(id).filter(RemoteObject::trashed).isPresent()) {
      context.progress().note("", "its folder was in the trash at the far end; it is back");
      context.remote().untrash(id);
    }
  }

  private RemoteId folder(String path, ObjectKind kind) {
    var known = context.roots().find(context.id(), path);
    if (known.filter(Root::isDone).isPresent()) {
      return known.get().id();
    }
    var parent =
        path.contains("/") ? folder(Paths.folder(path), ObjectKind.ROOT) : context.remote().top();
    var id = known.map(Root::id).orElseGet(() -> context.remote().reserveIds(1).get(0));
    put(path, new Root(id, false));
    var folder = new NewFolder(id, parent, Paths.name(path), context.tags(kind));
    context.remote().createFolders(List.of(folder));
    put(path, new Root(id, true));
    return id;
  }

  private void put(String path, Root root) {
    context.lease().check();
    context.roots().put(context.id(), path, root);
  }
}
