package org.homeport.bridge.backup;

import org.homeport.bridge.database.Database;
import org.homeport.bridge.index.EntryTable;
import org.homeport.bridge.scan.Handover;
import org.homeport.bridge.scan.ScannedFolder;
import org.homeport.bridge.scan.TreeScan;
import org.homeport.bridge.tree.Tree;
import org.homeport.spawn.identity.AsUser;

/** Looks through a home and its index side by side, a folder at a time. */
final class Comparison {
  private final EntryTable entries;
  private final AsUser asUser;
  private final BackupSettings settings;

  Comparison(Database database, AsUser asUser, BackupSettings settings) {
    this.entries = new EntryTable(database);
    this.asUser = asUser;
    this.settings = settings;
  }

  /**
   * What is otherwise in the home than in the index; changes nothing.
   *
   * @throws java.io.UncheckedIOException when the home cannot be read
   */
  BackupPlan plan(Tree tree) {
    var plan = new BackupPlan(settings.ignoreInode(), settings.scope().folders());
    entries.read(
        tree.id(),
        index ->
            Handover.<ScannedFolder>run(
                asUser,
                tree.owner(),
                taker -> TreeScan.of(tree.root(), settings.scope(), taker),
                folder -> {
                  if (!plan.takeUnchanged(folder, index.glance(folder.path()))) {
                    plan.compare(folder, index.in(folder.path()));
                  }
                },
                folder -> {}));
    return plan;
  }
}
