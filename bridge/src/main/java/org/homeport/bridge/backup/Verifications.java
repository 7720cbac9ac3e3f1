package org.homeport.bridge.backup;

import org.homeport.bridge.backup.BackupPlan.Step;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.index.EntryTable;
import org.homeport.bridge.index.RootTable;
import org.homeport.bridge.remote.Remotes;
import org.homeport.bridge.run.Leases.Lease;
import org.homeport.bridge.run.Run;
import org.homeport.bridge.run.RunProgress;
import org.homeport.bridge.run.Runs;
import org.homeport.bridge.tree.TreeId;
import org.homeport.bridge.tree.Trees;
import org.homeport.spawn.refusal.SpawnRefused;

/** The story of a check that index, remote and home agree; changes none of them. */
public final class Verifications {
  private final BackupSettings settings;
  private final Remotes remotes;
  private final Trees trees;
  private final Database database;
  private final Runs runs;

  public Verifications(
      BackupSettings settings, Remotes remotes, Trees trees, Database database, Runs runs) {
    this.settings = settings;
    this.remotes = remotes;
    this.trees = trees;
    this.database = database;
    this.runs = runs;
  }

  /**
   * Begins a verification; returns at once.
   *
   * @throws SpawnRefused while a backup of the tree is under way
   */
  public Run start(TreeId tree, String startedBy, VerifySample sample) {
    var lease = begin(tree, startedBy);
    return runs.start(lease.run(), () -> carryOut(lease, sample));
  }

  /** Verifies and returns when it is over. */
  public Run verify(TreeId tree, String startedBy, VerifySample sample) {
    return carryOut(begin(tree, startedBy), sample);
  }

  private Lease begin(TreeId tree, String startedBy) {
    return runs.beginAlone(tree, Run.Kind.VERIFICATION, startedBy)
        .orElseThrow(
            () ->
                new SpawnRefused(
                    "busy",
                    "A backup of " + tree.user() + " is under way.",
                    "Try again when it is over."));
  }

  private Run carryOut(Lease lease, VerifySample sample) {
    try (lease) {
      return runs.carryOut(
          lease.run(),
          progress -> {
            var tree = lease.run().tree();
            try (var remote = remotes.open(tree.user(), progress::waiting)) {
              var run = new VerifyRun(new EntryTable(database), tree, remote, sample, progress);
              if (!run.carryOut(each -> BackupContext.everything(remote, settings, tree, each))) {
                new RootTable(database).forgetMark(tree);
              }
            }
            noteUnsaved(tree, progress);
          });
    }
  }

  /** Notes the changes at home since the last backup, which are not a fault but worth knowing. */
  private void noteUnsaved(TreeId tree, RunProgress progress) {
    var comparison = new Comparison(database, trees.homes(), settings);
    try (var plan = comparison.plan(trees.of(tree), skipped -> {})) {
      plan.files().stream()
          .filter(Step::isNewOrChanged)
          .forEach(step -> progress.note(step.now().path(), "changed since the last backup"));
      plan.gone().forEach(entry -> progress.note(entry.path(), "deleted since the last backup"));
    }
  }
}
