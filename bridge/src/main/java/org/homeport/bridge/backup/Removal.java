package org.homeport.bridge.backup;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.homeport.bridge.backup.Renames.Likeness;
import org.homeport.bridge.index.IndexEntry;
import org.homeport.bridge.index.IndexEntry.Kind;
import org.homeport.bridge.remote.RemoteRejected;
import org.homeport.bridge.remote.RemoteUnavailable;
import org.homeport.bridge.run.Skipped;
import org.homeport.bridge.run.Skipped.Reason;

/**
 * Moves what a home no longer has into the trash at the remote, unless that is so much that it
 * looks like an accident and nobody has agreed.
 */
final class Removal {
  /** Below this many files a share says nothing. */
  static final int ALWAYS_ALLOWED = 20;

  /** From this many files on, losing every one of them says something. */
  static final int ALL_OF_A_FEW = 5;

  private static final int AT_ONCE = 100;

  private final BackupContext context;
  private final BackupPlan plan;
  private final boolean isAllowed;

  /**
   * @param consent whether somebody agreed to remove any number
   */
  Removal(BackupContext context, BackupPlan plan, boolean consent) {
    this.context = context;
    this.plan = plan;
    var lost = lostFiles();
    this.isAllowed = consent || !isTooMuch(lost);
    if (!isAllowed) {
      context.progress().withheld(lost);
    }
  }

  /**
   * Removes what the home has something of another kind for.
   *
   * @return the paths that have to stay, and nothing new can take their places
   */
  Set<String> makeRoom() {
    var stay = new HashSet<String>();
    if (isAllowed) {
      remove(plan.replaced()).forEach(entry -> stay.add(entry.path()));
    } else {
      for (var entry : plan.replaced()) {
        stay.add(entry.path());
        context
            .progress()
            .skipped(
                new Skipped(entry.path(), Reason.NEEDS_CONSENT, "would replace what is saved"));
      }
    }
    return stay;
  }

  /** Removes what the home no longer has: after everything else is saved. */
  void tidy() {
    if (isAllowed) {
      remove(plan.gone());
    }
  }

  private boolean isTooMuch(long files) {
    if (files == 0) {
      return false;
    }
    var all = context.entries().countFiles(context.id());
    // A home without a single file, or with other files only, looks like a disk that is not
    // mounted.
    var isNothingLeft = plan.knownFiles() == 0 || files == all && files >= ALL_OF_A_FEW;
    return files > context.settings().guardedShare() * all
        && (files > ALWAYS_ALLOWED || isNothingLeft);
  }

  /** The number of files that the home no longer has, under any name. */
  private long lostFiles() {
    var paths = new HashSet<String>();
    plan.gone().forEach(entry -> paths.add(entry.path()));
    plan.replaced().forEach(entry -> paths.add(entry.path()));
    if (paths.isEmpty()) {
      return 0;
    }
    var there = new HashSet<Likeness>();
    plan.files().forEach(step -> there.add(Likeness.of(BackupPlan.stat(step.now().attributes()))));
    var count = new long[1];
    context
        .entries()
        .each(
            context.id(),
            entry -> {
              if (entry.kind() == Kind.FILE
                  && Renames.isWithinAny(entry.path(), paths)
                  && !there.contains(Likeness.of(entry.stat()))) {
                count[0]++;
              }
            });
    return count[0];
  }

  /** Returns what could not be removed. */
  private List<IndexEntry> remove(Collection<IndexEntry> entries) {
    var left = new ArrayList<IndexEntry>();
    var some = new ArrayList<IndexEntry>();
    for (var entry : entries) {
      some.add(entry);
      if (some.size() == AT_ONCE) {
        left.addAll(removeSome(some));
        some.clear();
      }
    }
    if (!some.isEmpty()) {
      left.addAll(removeSome(some));
    }
    return left;
  }

  /** First the trash, then the rows: a crash in between does the first once more. */
  private List<IndexEntry> removeSome(List<IndexEntry> some) {
    var failures =
        context.remote().trash(some.stream().flatMap(entry -> entry.id().stream()).toList());
    var left = new ArrayList<IndexEntry>();
    var removed = new ArrayList<IndexEntry>();
    for (var entry : some) {
      var failure = entry.id().map(failures::get);
      if (failure.isEmpty()) {
        removed.add(entry);
      } else if (failure.get() instanceof RemoteUnavailable
          || failure.get() instanceof RemoteRejected) {
        left.add(entry);
        context
            .progress()
            .skipped(
                new Skipped(
                    entry.path(),
                    Reason.REJECTED,
                    "is not in the trash yet; the next backup tries again: "
                        + failure.get().getMessage()));
      } else {
        throw failure.get();
      }
    }
    if (!removed.isEmpty()) {
      context.lease().check();
      context.entries().remove(context.id(), context.run(), removed);
      context.progress().removed(removed.size());
    }
    return left;
  }
}
