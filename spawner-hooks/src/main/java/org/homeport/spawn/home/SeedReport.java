package org.homeport.spawn.home;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.homeport.spawn.files.RawPath;
import org.homeport.spawn.progress.Progress;
import org.homeport.spawn.seed.SeedEntry;
import org.homeport.spawn.seed.SeedMerge.Step;

/**
 * Counts in the thread that writes into a home, and reports from the one that waits for it, since a
 * listener may want to write elsewhere.
 */
final class SeedReport implements Runnable {
  private final Progress progress;
  private final RawPath folder;
  private final long total;
  private final AtomicLong done = new AtomicLong();
  private long reported = -1;

  SeedReport(Progress progress, RawPath folder, List<Step> steps) {
    this.progress = progress;
    this.folder = folder;
    this.total = steps.stream().filter(SeedReport::isFile).count();
  }

  /** Counts a step that is through. */
  void count(Step step) {
    if (isFile(step)) {
      done.incrementAndGet();
    }
  }

  /** Reports, if there is news. */
  @Override
  public void run() {
    var now = done.get();
    if (now != reported) {
      reported = now;
      progress.report(
          Progress.Phase.SEEDING,
          now,
          total,
          String.format(
              Locale.ENGLISH,
              "Copying the environment's files into %s: %,d of %,d",
              folder,
              now,
              total));
    }
  }

  private static boolean isFile(Step step) {
    return !(step.entry() instanceof SeedEntry.Folder);
  }
}
