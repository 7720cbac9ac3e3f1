package org.homeport.bridge.run;

import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.tree.TreeId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ensures that one run at a time writes to the storage of a tree, and one brings files back to it,
 * across all bridges on the database. A lease is renewed while its run goes on, and expires when
 * the bridge dies.
 */
public final class Leases implements AutoCloseable {
  public static final Duration TERM = Duration.ofSeconds(30);
  private static final Logger log = LoggerFactory.getLogger(Leases.class);

  private final LeaseTable table;
  private final InstantSource shared;
  private final Clock clock;
  private final Duration term;
  private final Set<Lease> held = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService renewer =
      Executors.newSingleThreadScheduledExecutor(Leases::daemon);

  public Leases(Database database, Clock clock, Duration term) {
    this(database, database.time(clock), clock, term);
  }

  /**
   * @param shared the time on which all bridges agree
   * @param clock the time of this one, by which it notices that it slept
   */
  Leases(Database database, InstantSource shared, Clock clock, Duration term) {
    this.table = new LeaseTable(database);
    this.shared = shared;
    this.clock = clock;
    this.term = term;
  }

  /** The run that writes to the storage of the tree now, if any does. */
  Optional<Long> heldBy(TreeId tree) {
    return table.heldBy(tree, shared.instant());
  }

  /** Begins a run that is the only one to do such work on the tree; empty while another one is. */
  Optional<Lease> take(TreeId tree, Run.Kind kind, String startedBy) {
    var holder = holder();
    var begun = clock.instant();
    var now = shared.instant();
    return table
        .take(tree, holder, kind, startedBy, begun, now, now.plus(term))
        .map(run -> new Lease(holder, run, begun.plus(term)));
  }

  /** Runs of bridges that have died. */
  List<Run> abandoned() {
    return table.abandoned(shared.instant());
  }

  /** Takes over a run that nobody holds, to end it; empty while there is another one. */
  Optional<Lease> adopt(Run run) {
    var holder = holder();
    var until = clock.instant().plus(term);
    var now = shared.instant();
    return table.adopt(run, holder, now, now.plus(term))
        ? Optional.of(new Lease(holder, run, until))
        : Optional.empty();
  }

  /** Gives everything back, so that the next bridge need not wait. */
  @Override
  public void close() {
    renewer.shutdownNow();
    held.forEach(Lease::close);
  }

  private static String holder() {
    return ManagementFactory.getRuntimeMXBean().getName() + "/" + UUID.randomUUID();
  }

  private static Thread daemon(Runnable task) {
    var thread = new Thread(task, "backup-leases");
    thread.setDaemon(true);
    return thread;
  }

  /** The right to work on one tree, for one run. */
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
      held.add(this);
    }

    public Run run() {
      return run;
    }

    /**
     * Makes sure that nobody else works on the tree.
     *
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
      if (held.remove(this)) {
        release();
      }
    }

    private void release() {
      try {
        table.release(run.tree(), holder);
      } catch (RuntimeException e) {
        log.warn("The lease of {} could not be given back; it expires soon.", run.user(), e);
      }
    }

    private void renew() {
      try {
        var next = clock.instant().plus(term);
        lost = !table.renew(run.tree(), holder, shared.instant().plus(term));
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
