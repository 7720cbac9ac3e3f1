package org.homeport.bridge.backup;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.remote.Remotes;
import org.homeport.bridge.run.Leases.Lease;
import org.homeport.bridge.run.Report;
import org.homeport.bridge.run.Run;
import org.homeport.bridge.run.RunProgress;
import org.homeport.bridge.run.Runs;
import org.homeport.bridge.run.Skipped;
import org.homeport.bridge.tree.TreeId;
import org.homeport.bridge.tree.Trees;

/** The story of the users' backups: one at a time for each tree, however many ask for it. */
public final class Backups {
  private final BackupSettings settings;
  private final Remotes remotes;
  private final Trees trees;
  private final Database database;
  private final Runs runs;
  private final Clock clock;

  /**
   * A request for a backup.
   *
   * @param startedBy {@code nightly}, {@code stop}, or who asks
   * @param consent whether any number of files may go to the trash at the remote
   * @param beginAnew whether the remote is taken as it is now, whatever was saved to it before, and
   *     all that is missing there is saved again: after a disk was replaced or emptied
   */
  public record Request(String startedBy, boolean consent, boolean beginAnew) {
    public Request(String startedBy, boolean consent) {
      this(startedBy, consent, false);
    }
  }

  /** The work that a backup would do now. */
  public record Preview(
      long files, long bytes, long toRead, long toReadBytes, long removals, List<Skipped> skipped) {
    public Preview {
      skipped = List.copyOf(skipped);
    }
  }

  public Backups(
      BackupSettings settings,
      Remotes remotes,
      Trees trees,
      Database database,
      Runs runs,
      Clock clock) {
    this.settings = settings;
    this.remotes = remotes;
    this.trees = trees;
    this.database = database;
    this.runs = runs;
    this.clock = clock;
  }

  /** Begins a backup, or joins the one under way; returns at once. */
  public Run start(TreeId tree, Request request) {
    while (true) {
      var lease = runs.beginAlone(tree, Run.Kind.BACKUP, request.startedBy());
      if (lease.isPresent()) {
        return runs.start(lease.get().run(), () -> carryOut(lease.get(), request));
      }
      var current = runs.alone(tree);
      if (current.isPresent()) {
        return current.get();
      }
    }
  }

  /** Makes a backup and returns when it is over; empty when one is under way already. */
  public Optional<Run> backUp(TreeId tree, Request request) {
    return runs.beginAlone(tree, Run.Kind.BACKUP, request.startedBy())
        .map(lease -> carryOut(lease, request));
  }

  /** Returns the work that a backup would do now; changes nothing and does not ask the remote. */
  public Preview preview(TreeId tree) {
    var skipped = new ArrayList<Skipped>();
    try (var plan =
        comparison()
            .plan(
                trees.of(tree),
                one -> {
                  if (skipped.size() < Report.MAX_LISTED) {
                    skipped.add(one);
                  }
                })) {
      return new Preview(
          plan.knownFiles(),
          plan.knownBytes(),
          plan.files().size(),
          plan.files().stream().mapToLong(step -> step.now().attributes().size()).sum(),
          plan.gone().size() + plan.replaced().size(),
          skipped);
    }
  }

  private Run carryOut(Lease lease, Request request) {
    try (lease) {
      return runs.carryOut(lease.run(), progress -> backUp(lease, progress, request));
    }
  }

  private void backUp(Lease lease, RunProgress progress, Request request) {
    var tree = trees.of(lease.run().tree());
    try (var remote = remotes.open(tree.user(), progress::waiting)) {
      var context =
          new BackupContext(
              tree, trees.homes(), remote, database, settings, clock, lease, progress);
      new BackupRun(context, comparison()).carryOut(request);
    }
  }

  private Comparison comparison() {
    return new Comparison(database, trees.homes(), settings);
  }
}
