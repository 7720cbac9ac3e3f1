package org.homeport.bridge.backup;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.index.EntryTable;
import org.homeport.bridge.index.HistoryTable;
import org.homeport.bridge.index.IndexEntry;
import org.homeport.bridge.index.ManifestTable;
import org.homeport.bridge.index.RootTable;
import org.homeport.bridge.remote.Md5;
import org.homeport.bridge.remote.Remote;
import org.homeport.bridge.remote.RemoteId;
import org.homeport.bridge.remote.RemoteName;
import org.homeport.bridge.remote.RemoteObject;
import org.homeport.bridge.run.Leases;
import org.homeport.bridge.run.RunProgress;
import org.homeport.bridge.tree.Tree;
import org.homeport.bridge.tree.TreeId;
import org.homeport.spawn.home.HomeFiles;

/** Holds what the steps of one backup share: the tree, where it goes, and what is remembered. */
record BackupContext(
    Tree tree,
    HomeFiles homes,
    Remote remote,
    Database database,
    BackupSettings settings,
    Clock clock,
    Leases.Lease lease,
    RunProgress progress) {
  private static final String TAG = "homeport";

  TreeId id() {
    return tree.id();
  }

  long run() {
    return lease.run().number();
  }

  /** Ids for new objects; asks the remote only when there are any. */
  List<RemoteId> reserveIds(long count) {
    return count == 0 ? List.of() : remote.reserveIds((int) count);
  }

  EntryTable entries() {
    return new EntryTable(database);
  }

  RootTable roots() {
    return new RootTable(database);
  }

  HistoryTable history() {
    return new HistoryTable(database);
  }

  ManifestTable manifests() {
    return new ManifestTable(database);
  }

  /**
   * Writes what entries are from now on, and remembers what they were.
   *
   * @throws Leases.LeaseLost when somebody else may be writing by now
   */
  void confirm(List<IndexEntry> before, List<IndexEntry> now) {
    lease.check();
    entries().confirm(id(), run(), before, now);
  }

  /** The path of the home at the remote. */
  String rootPath() {
    return rootPath(settings, id());
  }

  static String rootPath(BackupSettings settings, TreeId tree) {
    return settings.root().replace("{user}", RemoteName.of(tree.user()));
  }

  /** The path of the folder of the manifests at the remote. */
  static String manifestsPath(TreeId tree) {
    return "homeport-runs/" + RemoteName.of(tree.user());
  }

  Map<String, String> tags(ObjectKind kind) {
    return Map.of(TAG, tagValue(settings, id()), "kind", kind.name());
  }

  /** Whether the object is a file or folder of this home, by its tags. */
  boolean isEntry(RemoteObject object) {
    return object.tags().equals(tags(ObjectKind.ENTRY));
  }

  /** The objects of a tree, in the trash or not. */
  static void everything(
      Remote remote, BackupSettings settings, TreeId tree, Consumer<RemoteObject> consumer) {
    remote.everythingTagged(TAG, tagValue(settings, tree), consumer);
  }

  /** A hash, since a path may be longer than a tag. */
  private static String tagValue(BackupSettings settings, TreeId tree) {
    return Md5.of(rootPath(settings, tree).getBytes(StandardCharsets.UTF_8)).hex();
  }

  /** The purpose of an object at the remote, which its tag says. */
  enum ObjectKind {
    /** A folder above the home, or above the manifests. */
    ROOT,
    /** The folder that is the home. */
    HOME,
    /** A file or folder of the home. */
    ENTRY,
    /** The manifest of a run. */
    RUN;

    static Optional<ObjectKind> of(RemoteObject object) {
      return Arrays.stream(values())
          .filter(kind -> kind.name().equals(object.tags().get("kind")))
          .findFirst();
    }
  }
}
