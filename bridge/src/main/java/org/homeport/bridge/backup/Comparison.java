package org.homeport.bridge.backup;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.homeport.bridge.backup.BackupPlan.Step;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.index.EntryTable;
import org.homeport.bridge.index.FolderReader;
import org.homeport.bridge.index.IndexEntry;
import org.homeport.bridge.index.IndexEntry.Kind;
import org.homeport.bridge.index.IndexEntry.State;
import org.homeport.bridge.run.Skipped;
import org.homeport.bridge.run.Skipped.Reason;
import org.homeport.bridge.scan.Handover;
import org.homeport.bridge.scan.Handover.Patience;
import org.homeport.bridge.scan.ScanScope;
import org.homeport.bridge.scan.ScannedEntry;
import org.homeport.bridge.scan.ScannedFolder;
import org.homeport.bridge.scan.SeenNames;
import org.homeport.bridge.scan.TreeScan;
import org.homeport.bridge.tree.Tree;
import org.homeport.spawn.files.Attributes;
import org.homeport.spawn.home.HomeFiles;

/**
 * Looks through a home and its index side by side, a few folders at a time: the database is asked
 * briefly and often, and nobody waits for it because a home is big or slow.
 */
final class Comparison {
  /** So many entries are compared in one go. */
  private static final int AT_ONCE = 2_000;

  private static final String NOT_MOUNTED =
      "is empty, and not the folder that was saved: its disk may be missing, so all of it is kept";

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
      var compared = new Compared(tree, plan, skipped);
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

    /** By their paths, until it is known whether there is anything in them. */
    private final Map<String, Step> suspects = new HashMap<>();

    private final Consumer<Skipped> skipped;
    private int size;

    Compared(Tree tree, BackupPlan plan, Consumer<Skipped> skipped) {
      this.tree = tree;
      this.plan = plan;
      this.skipped = skipped;
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
      var suspect = suspects.remove(folder.path());
      if (suspect != null && folder.isWhole() && folder.complete() && now.isEmpty()) {
        skipped.accept(new Skipped(folder.path(), Reason.OTHER_FILE_SYSTEM, NOT_MOUNTED));
        return;
      }
      if (suspect != null) {
        plan.addNote(suspect);
      }
      if (folder.isWhole() && !scope.crossFileSystems()) {
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
      var known = known(folder, index);
      if (scope.crossFileSystems()) {
        now.forEach(entry -> suspect(entry, Optional.ofNullable(known.get(entry.name()))));
      }
      plan.add(FolderPlan.of(now, known, ignoreInode).withoutNotes(suspects.keySet()));
      if (folder.isLast()) {
        seen.remove(folder.path());
        if (folder.complete()) {
          index.each(folder.path(), entry -> takeGone(entry, names));
        }
      }
    }

    /** A folder that is not the one that was saved may be the place of a disk that is missing. */
    private void suspect(ScannedEntry now, Optional<IndexEntry> before) {
      if (now.attributes().kind() == Attributes.Kind.FOLDER
          && before.filter(entry -> isAnotherFolder(entry, now)).isPresent()) {
        suspects.put(now.path(), new Step(now, before));
      }
    }

    private static boolean isAnotherFolder(IndexEntry before, ScannedEntry now) {
      var inode = before.stat().inode();
      return before.kind() == Kind.FOLDER
          && before.state() == State.DONE
          && inode != 0
          && inode != now.attributes().inode();
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
