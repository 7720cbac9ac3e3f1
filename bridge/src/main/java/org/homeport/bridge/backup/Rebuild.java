package org.homeport.bridge.backup;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.homeport.bridge.backup.BackupContext.ObjectKind;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.index.EntryTable;
import org.homeport.bridge.index.IndexEntry;
import org.homeport.bridge.index.IndexEntry.Kind;
import org.homeport.bridge.index.IndexEntry.Saved;
import org.homeport.bridge.index.IndexEntry.Stat;
import org.homeport.bridge.index.Learned;
import org.homeport.bridge.index.Learned.Ended;
import org.homeport.bridge.index.Manifest;
import org.homeport.bridge.remote.Remote;
import org.homeport.bridge.remote.RemoteId;
import org.homeport.bridge.remote.RemoteName;
import org.homeport.bridge.remote.RemoteObject;
import org.homeport.bridge.remote.RemoteObject.RemoteContent;
import org.homeport.bridge.remote.RemoteRejected;
import org.homeport.bridge.run.Report;
import org.homeport.bridge.run.Run;
import org.homeport.bridge.run.RunTable;
import org.homeport.bridge.tree.TreeId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rebuilds the index of a tree of which the database knows nothing, or nothing new, from what is at
 * the remote, if anything is: the manifests tell what was where and when, the objects what is there
 * now. Sends nothing.
 */
final class Rebuild {
  private static final Logger log = LoggerFactory.getLogger(Rebuild.class);
  private static final int FILE_MODE = 0600;
  private static final int FOLDER_MODE = 0700;

  private final TreeId tree;
  private final Remote remote;
  private final BackupSettings settings;
  private final Database database;
  private final Map<RemoteId, RemoteObject> objects = new HashMap<>();
  private final Map<String, IndexEntry> live = new HashMap<>();
  private final List<Ended> ended = new ArrayList<>();
  private final List<Manifest.Head> heads = new ArrayList<>();
  private final List<RemoteId> strays = new ArrayList<>();

  Rebuild(TreeId tree, Remote remote, BackupSettings settings, Database database) {
    this.tree = tree;
    this.remote = remote;
    this.settings = settings;
    this.database = database;
  }

  /**
   * Does it. Repeatable, and repeated when it did not come to its end.
   *
   * @param repair puts right what there is to put right, before the index counts as known
   */
  void rebuild(Consumer<RemoteLayout> repair) {
    remote.takeStock();
    var mark = remote.changeToken();
    BackupContext.everything(remote, settings, tree, object -> objects.put(object.id(), object));
    strays.addAll(StrayHomes.takeOutOf(objects));
    replayManifests();
    believeObjects();
    var layout =
        RemoteLayout.of(
            objects,
            live,
            strays,
            BackupContext.rootPath(settings, tree),
            BackupContext.manifestsPath(tree));
    repair.accept(layout);
    var learned = new Learned(layout.roots(), List.copyOf(live.values()), ended, mark);
    database.write(
        handle -> {
          heads.forEach(head -> RunTable.insertUnlessKnown(handle, run(head)));
          EntryTable.learn(handle, tree, learned);
          return null;
        });
  }

  private void replayManifests() {
    objects.values().stream()
        .filter(object -> isOf(object, ObjectKind.RUN) && !object.trashed())
        .flatMap(object -> read(object).stream())
        .sorted(Comparator.comparing(manifest -> manifest.head().run()))
        .forEach(this::replay);
  }

  /** Nothing when somebody gave it another content: the objects tell most of it as well. */
  private Optional<Manifest> read(RemoteObject object) {
    var content = object.content().orElseThrow();
    try {
      return Optional.of(Manifest.read(new ByteArrayInputStream(bytes(object, content))));
    } catch (IOException | IllegalArgumentException | RemoteRejected e) {
      log.warn(
          "Manifest {} of {} is damaged and left out: {}",
          object.name(),
          tree.user(),
          e.toString());
      return Optional.empty();
    }
  }

  /** Nothing that has one of its bytes wrong is believed. */
  private byte[] bytes(RemoteObject object, RemoteContent content) throws IOException {
    var saved = new Saved(content.md5(), content.version());
    var arriving = new SavedContent(remote, object.id(), saved, content.size());
    for (var fetches = 0; fetches < 2; fetches++) {
      var bytes = new ByteArrayOutputStream();
      if (arriving.read(part -> bytes.write(part.array(), part.position(), part.remaining()))) {
        return bytes.toByteArray();
      }
    }
    throw arriving.damaged();
  }

  private void replay(Manifest manifest) {
    var run = manifest.head().run();
    heads.add(manifest.head());
    for (var line : manifest.lines()) {
      var before = live.remove(line.path());
      if (before != null) {
        ended.add(new Ended(before, run));
      }
      if (!line.isGone()) {
        live.put(line.path(), line.entry(run));
      }
    }
  }

  /** Believes the objects of now rather than a manifest that is older. */
  private void believeObjects() {
    var known = new HashSet<RemoteId>();
    for (var entry : List.copyOf(live.values())) {
      if (entry.kind() != Kind.LINK) {
        var object = objects.get(entry.id().orElseThrow());
        if (object == null || object.trashed()) {
          live.remove(entry.path());
        } else {
          known.add(object.id());
          object.content().ifPresent(there -> live.put(entry.path(), believe(entry, there)));
        }
      }
    }
    objects.values().stream()
        .filter(object -> isOf(object, ObjectKind.ENTRY) && !object.trashed())
        .filter(object -> !known.contains(object.id()))
        .forEach(object -> path(object).ifPresent(path -> adopt(path, object)));
  }

  private void adopt(String path, RemoteObject object) {
    var there = live.putIfAbsent(path, entry(path, object));
    if (there != null && !object.isFolder()) {
      strays.add(object.id());
    }
  }

  private static IndexEntry believe(IndexEntry entry, RemoteContent there) {
    return entry.saved(saved(there));
  }

  private static Saved saved(RemoteContent there) {
    return new Saved(there.md5(), there.version());
  }

  /** Adopts an object that no manifest names: the run that sent it did not live to write one. */
  private IndexEntry entry(String path, RemoteObject object) {
    var run = heads.isEmpty() ? 0 : heads.get(heads.size() - 1).run();
    if (object.isFolder()) {
      return IndexEntry.folder(path, object.id(), Stat.UNKNOWN, FOLDER_MODE, run);
    }
    var there = object.content().orElseThrow();
    var stat = new Stat(there.size(), there.modified().toEpochMilli() * 1_000_000, 0, 0);
    return IndexEntry.file(path, object.id(), stat, FILE_MODE, saved(there), run);
  }

  /** Where an object lies in the home; empty when somebody took it out of there. */
  private Optional<String> path(RemoteObject object) {
    var path = "";
    for (var at = object; at != null; at = objects.get(at.parent())) {
      if (isOf(at, ObjectKind.HOME)) {
        return Optional.of(path).filter(found -> !found.isEmpty());
      }
      try {
        var name = RemoteName.toRaw(at.name());
        path = path.isEmpty() ? name : name + "/" + path;
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private Run run(Manifest.Head head) {
    return new Run(
        tree,
        head.run(),
        Run.Kind.BACKUP,
        head.startedBy(),
        head.startedAt(),
        Optional.of(head.savedAt()),
        Run.Status.DONE,
        Report.EMPTY.withMessage("Known from the remote; its report was lost."));
  }

  private static boolean isOf(RemoteObject object, ObjectKind kind) {
    return ObjectKind.of(object).filter(kind::equals).isPresent();
  }
}
