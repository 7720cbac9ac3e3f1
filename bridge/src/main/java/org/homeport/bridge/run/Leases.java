package org.homeport.bridge.run;

import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.tree.TreeId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that one run at a time writes to the storage of a tree, across all bridges on the
 * database. A lease is renewed while its run goes on, and ends by itself when the bridge dies.
 */
public final class Leases implements AutoCloseable {
  public static final Duration TERM = Duration.ofSeconds(30);
  private static final Logger log = LoggerFactory.getLogger(Leases.class);

  private final LeaseTable table;
  private final Clock clock;
  private final Duration term;
  private final ScheduledExecutorService renewer =
      Executors.newSingleThreadScheduledExecutor(Leases::daemon);

  public Leases(Database database, Clock clock, Duration term) {
    this.table = new LeaseTable(database);
    this.clock = clock;
    this.term = term;
  }

  /** The run that has the storage of the tree now, if any has. */
  Optional<Long> heldBy(TreeId tree) {
    return table.heldBy(tree, clock.instant());
  }

  /** Begins a run that alone writes to the storage of the tree; empty while another one does. */
  Optional<Lease> take(TreeId tree, Run.Kind kind, String startedBy) {
    var holder = ManagementFactory.getRuntimeMXBean().getName() + "/" + UUID.randomUUID();
    var until = until();
    return table
        .take(tree, holder, kind, startedBy, clock.instant(), until)
        .map(run -> new Lease(holder, run, until));
  }

  @Override
  public void close() {
    renewer.shutdownNow();
  }

  private Instant until() {
    return clock.instant().plus(term);
  }

  private static Thread daemon(Runnable task) {
    var thread = new Thread(task, "backup-leases");
    thread.setDaemon(true);
    return thread;
  }

  /** The right to write to the storage of one tree, for one run. */
  public final class Lease implements AutoCloseable {
    private final String holder;
    private final Run run;
    private final ScheduledFuture<?> renewal;
    private volatile Instant until;
    private volatile boolean lost;

    private Lease(String holder, Run run, Instant until) {
      this.holder = holder;
      this.run = run;
      this.until = until;
      var pause = term.toMillis() / 3;
      this.renewal =
          renewer.scheduleWithFixedDelay(this::renew, pause, pause, TimeUnit.MILLISECONDS);
    }

    public Run run() {
      return run;
    }

    /**
     * @throws LeaseLost when this process slept so long that another one may write by now
     */
    public void check() {
      // After a long sleep, do not trust what was true before it.
      if (!clock.instant().isBefore(until)) {
        renew();
      }
      if (lost || !clock.instant().isBefore(until)) {
        throw new LeaseLost(run);
      }
    }

    @Override
    public void close() {
      renewal.cancel(false);
      table.release(run.tree(), holder);
    }

    private void renew() {
      try {
        var next = until();
        lost = !table.renew(run.tree(), holder, next);
        until = next;
      } catch (RuntimeException e) {
        log.warn("The lease of {} could not be renewed.", run.user(), e);
      }
    }
  }

  /** Another run may have begun to write: this one must stop. */
  static final class LeaseLost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LeaseLost(Run run) {
      super("Run " + run.number() + " of " + run.user() + " was stopped: another one took over.");
    }
  }
}
