package org.homeport.bridge.backup;

import java.time.Clock;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.index.SavedFiles;
import org.homeport.bridge.remote.Remotes;
import org.homeport.bridge.run.Runs;
import org.homeport.bridge.scan.HomeZip;
import org.homeport.bridge.tree.Trees;

/** All that can be done about the backups of homes. */
public record BackupFeature(
    Runs runs,
    Backups backups,
    Restores restores,
    Verifications verifications,
    SavedFiles files,
    HomeZip zip,
    HomeStates states,
    AbandonedRuns abandoned) {

  public static BackupFeature of(
      BackupSettings settings,
      Remotes remotes,
      Trees trees,
      Database database,
      Runs runs,
      Clock clock) {
    return new BackupFeature(
        runs,
        new Backups(settings, remotes, trees, database, runs, clock),
        new Restores(settings, remotes, trees, database, runs, clock),
        new Verifications(settings, remotes, trees, database, runs),
        new SavedFiles(database),
        new HomeZip(trees),
        new HomeStates(database),
        new AbandonedRuns(runs, new RestoreRemains(trees)));
  }
}
