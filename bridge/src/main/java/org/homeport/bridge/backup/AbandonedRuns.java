package org.homeport.bridge.backup;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.homeport.bridge.run.Leases;
import org.homeport.bridge.run.Run;
import org.homeport.bridge.run.Runs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for runs whose bridge has died, ends them with words, and removes what they left in homes:
 * at the start, and as often as a lease can expire.
 */
public final class AbandonedRuns implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AbandonedRuns.class);

  private final Runs runs;
  private final RestoreRemains remains;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(AbandonedRuns::daemon);

  AbandonedRuns(Runs runs, RestoreRemains remains) {
    this.runs = runs;
    this.remains = remains;
  }

  /** Begins to look; returns at once. */
  public void start() {
    thread.scheduleWithFixedDelay(this::look, 0, Leases.TERM.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Looks once. */
  void look() {
    try {
      runs.endAbandoned(this::cleanUp);
    } catch (RuntimeException e) {
      log.warn("Runs of a bridge that died could not be looked for.", e);
    }
  }

  private void cleanUp(Run run) {
    if (run.kind() == Run.Kind.RESTORE) {
      remains.remove(run.tree());
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  private static Thread daemon(Runnable task) {
    var thread = new Thread(task, "abandoned-runs");
    thread.setDaemon(true);
    return thread;
  }
}
