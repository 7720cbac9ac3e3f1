package org.homeport.bridge.backup;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.homeport.bridge.index.IndexEntry;
import org.homeport.bridge.index.IndexEntry.Kind;
import org.homeport.bridge.index.IndexEntry.Stat;
import org.homeport.bridge.run.Skipped;
import org.homeport.bridge.run.Skipped.Reason;
import org.homeport.bridge.tree.Paths;

/**
 * Moves what a home no longer has into the trash at the far end, unless that is so much that it
 * looks like an accident and nobody has agreed.
 */
final class Removal {
  /** Below this many files a share says nothing. */
  static final int ALWAYS_ALLOWED = 20;

  private static final int AT_ONCE = 100;

  private final BackupContext context;

  Removal(BackupContext context) {
    this.context = context;
  }

  /**
   * @param consent whether somebody agreed to remove any number
   * @return the paths that have to stay, and nothing new can take their places
   */
  Set<String> remove(BackupPlan plan, boolean consent) {
    var gone = new ArrayList<>(plan.gone());
    gone.addAll(plan.replaced());
    if (gone.isEmpty()) {
      return Set.of();
    }
    var files = lostFiles(gone, plan);
    if (!consent && isTooMuch(files, plan.knownFiles() == 0)) {
      context.progress().withheld(files);
      var stay = new HashSet<String>();
      plan.replaced().forEach(entry -> stay.add(entry.path()));
      stay.forEach(
          path ->
              context
                  .progress()
                  .skipped(new Skipped(path, Reason.NEEDS_CONSENT, "would replace what is saved")));
      return stay;
    }
    for (var from = 0; from < gone.size(); from += AT_ONCE) {
      remove(gone.subList(from, Math.min(gone.size(), from + AT_ONCE)));
    }
    return Set.of();
  }

  private boolean isTooMuch(long files, boolean isEmpty) {
    var all = context.entries().countFiles(context.id());
    // A home without a single file looks like a disk that is not mounted.
    return files > context.settings().guardedShare() * all && (files > ALWAYS_ALLOWED || isEmpty);
  }

  /** What tells a file again that only got another name; a rename changes its ctime. */
  private record Likeness(long inode, long size, long mtime) {
    static Likeness of(Stat stat) {
      return new Likeness(stat.inode(), stat.size(), stat.mtime());
    }
  }

  /** How many files the home has no more, under any name. */
  private long lostFiles(List<IndexEntry> gone, BackupPlan plan) {
    var there = new HashSet<Likeness>();
    plan.files().stream()
        .map(step -> Likeness.of(BackupPlan.stat(step.now().attributes())))
        .forEach(there::add);
    var paths = new HashSet<String>();
    gone.forEach(entry -> paths.add(entry.path()));
    var count = new long[1];
    context
        .entries()
        .each(
            context.id(),
            entry -> {
              if (entry.kind() == Kind.FILE
                  && isWithinAny(entry.path(), paths)
                  && !there.contains(Likeness.of(entry.stat()))) {
                count[0]++;
              }
            });
    return count[0];
  }

  private static boolean isWithinAny(String path, Set<String> paths) {
    for (var at = path; !at.isEmpty(); at = Paths.folder(at)) {
      if (paths.contains(at)) {
        return true;
      }
    }
    return false;
  }

  /** First the trash, then the rows: a crash in between does the first once more. */
  private void remove(List<IndexEntry> some) {
    var ids = some.stream().flatMap(entry -> entry.id().stream()).toList();
    for (var failure : context.remote().trash(ids).values()) {
      throw failure;
    }
    context.lease().check();
    context.entries().remove(context.id(), context.run(), some);
    context.progress().removed(some.size());
  }
}
