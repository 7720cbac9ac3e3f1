package org.homeport.bridge.backup;

import org.homeport.bridge.database.Database;
import org.homeport.bridge.index.EntryTable;
import org.homeport.bridge.scan.Handover;
import org.homeport.bridge.scan.ScannedFolder;
import org.homeport.bridge.scan.TreeScan;
import org.homeport.spawn.identity.Account;
import org.homeport.spawn.identity.AsUser;
import org.homeport.spawn.identity.HubUser;

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
  BackupPlan plan(HubUser user, Account account) {
    var plan = new BackupPlan(settings.ignoreInode(), settings.scope().folders());
    entries.read(
        user,
        index ->
            Handover.<ScannedFolder>run(
                asUser,
                account,
                taker -> TreeScan.of(account.home(), settings.scope(), taker),
                folder -> {
                  if (!plan.takeUnchanged(folder, index.glance(folder.path()))) {
                    plan.compare(folder, index.in(folder.path()));
                  }
                },
                folder -> {}));
    return plan;
  }
}
