package org.homeport.bridge.backup;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.index.EntryTable;
import org.homeport.bridge.index.FolderReader;
import org.homeport.bridge.index.IndexEntry;
import org.homeport.bridge.index.IndexEntry.Kind;
import org.homeport.bridge.run.Skipped;
import org.homeport.bridge.scan.Handover;
import org.homeport.bridge.scan.Handover.Patience;
import org.homeport.bridge.scan.ScanScope;
import org.homeport.bridge.scan.ScannedFolder;
import org.homeport.bridge.scan.SeenNames;
import org.homeport.bridge.scan.TreeScan;
import org.homeport.bridge.tree.Tree;
import org.homeport.spawn.home.HomeFiles;

/**
 * Looks through a home and its index side by side, a few folders at a time: the database is asked
 * briefly and often, and nobody waits for it because a home is big or slow.
 */
final class Comparison {
  /** So many entries are compared in one go. */
  private static final int AT_ONCE = 2_000;

  private final EntryTable entries;
  private final HomeFiles homes;
  private final ScanScope scope;
  private final boolean ignoreInode;

  Comparison(Database database, HomeFiles homes, BackupSettings settings) {
    this.entries = new EntryTable(database);
    this.homes = homes;
    this.scope = settings.scope();
    this.ignoreInode = settings.ignoreInode();
  }

  /**
   * Finds what differs between the home and the index; changes nothing.
   *
   * @param skipped hears of what is not backed up
   * @return to be closed
   * @throws java.io.UncheckedIOException when the home cannot be read
   */
  BackupPlan plan(Tree tree, Consumer<Skipped> skipped) {
    var plan = new BackupPlan();
    try {
      var compared = new Compared(tree, plan);
      Handover.<ScannedFolder>run(
          homes,
          tree.owner(),
          Patience.SCAN,
          (home, taker) -> TreeScan.of(tree.root(), home, scope, taker),
          folder -> {
            folder.skipped().forEach(skipped);
            compared.take(folder);
          },
          folder -> {});
      compared.finish();
      return plan;
    } catch (RuntimeException e) {
      plan.close();
      throw e;
    }
  }

  /** One comparison under way. */
  private final class Compared {
    private final Tree tree;
    private final BackupPlan plan;
    private final List<ScannedFolder> waiting = new ArrayList<>();

    /** By the path of a folder that is found in parts, until the last of them. */
    private final Map<String, SeenNames> seen = new HashMap<>();

    private int size;

    Compared(Tree tree, BackupPlan plan) {
      this.tree = tree;
      this.plan = plan;
    }

    void take(ScannedFolder folder) {
      waiting.add(folder);
      size += 1 + folder.entries().size();
      if (size >= AT_ONCE) {
        finish();
      }
    }

    void finish() {
      entries.read(tree.id(), index -> waiting.forEach(folder -> compare(folder, index)));
      waiting.clear();
      size = 0;
    }

    private void compare(ScannedFolder folder, FolderReader index) {
      var now = folder.entries();
      if (folder.isWhole()) {
        var same =
            FolderPlan.unchanged(now, index.glance(folder.path(), now.size() + 1), ignoreInode);
        if (same.isPresent()) {
          plan.add(same.get());
          return;
        }
      }
      var names = seen.computeIfAbsent(folder.path(), path -> new SeenNames());
      now.forEach(entry -> names.add(entry.name()));
      folder.unseen().forEach(names::add);
      plan.add(FolderPlan.of(now, known(folder, index), ignoreInode));
      if (folder.isLast()) {
        seen.remove(folder.path());
        if (folder.complete()) {
          index.each(folder.path(), entry -> takeGone(entry, names));
        }
      }
    }

    private void takeGone(IndexEntry entry, SeenNames names) {
      if (!names.contains(entry.name())
          && scope.folders().touch(entry.path(), entry.kind() == Kind.FOLDER)) {
        plan.addGone(entry);
      }
    }

    /** All that the index has in the folder, or one by one what is asked for, when that is less. */
    private Map<String, IndexEntry> known(ScannedFolder folder, FolderReader index) {
      var atMost = AT_ONCE + folder.entries().size();
      var all = index.in(folder.path(), atMost);
      if (all.size() < atMost) {
        return all;
      }
      var known = new HashMap<String, IndexEntry>();
      for (var entry : folder.entries()) {
        index.find(folder.path(), entry.name()).ifPresent(found -> known.put(entry.name(), found));
      }
      return known;
    }
  }
}
