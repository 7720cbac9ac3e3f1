package org.homeport.bridge.run;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.run.Leases.Lease;
import org.homeport.bridge.run.Run.Status;
import org.homeport.bridge.tree.TreeId;
import org.homeport.spawn.refusal.SpawnRefused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All runs: those under way here, with their progress, and those in the database. */
public final class Runs implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Runs.class);

  private final RunTable table;
  private final LastRunTable last;
  private final Leases leases;
  private final Executor threads;
  private final Function<RuntimeException, Optional<Verdict>> judge;
  private final RunListener listener;
  private final Clock clock;
  private final Map<Key, Live> underWay = new ConcurrentHashMap<>();

  private record Key(TreeId tree, long number) {
    static Key of(Run run) {
      return new Key(run.tree(), run.number());
    }
  }

  /** A run under way in this process. */
  private static final class Live {
    private final Optional<Lease> lease;
    private volatile Run run;
    private final RunProgress progress;
    private final RunEvents events;

    Live(Run run, Optional<Lease> lease, Clock clock) {
      this.lease = lease;
      this.run = run;
      this.progress = new RunProgress(clock, this::news);
      this.events = new RunEvents(clock, this::now);
    }

    Run now() {
      return run.isRunning() ? run.with(progress.report()) : run;
    }

    private void news() {
      events.news();
    }
  }

  /**
   * @param threads where runs that were started go on
   * @param judge knows what ends a run early; what it does not know is a fault of Homeport
   */
  public Runs(
      Database database,
      Leases leases,
      Executor threads,
      Function<RuntimeException, Optional<Verdict>> judge,
      RunListener listener,
      Clock clock) {
    this.judge = judge;
    this.table = new RunTable(database);
    this.last = new LastRunTable(database);
    this.leases = leases;
    this.threads = threads;
    this.listener = listener;
    this.clock = clock;
  }

  /** A run as it is now. */
  public Optional<Run> find(TreeId tree, long number) {
    var live = underWay.get(new Key(tree, number));
    return live != null ? Optional.of(live.now()) : table.find(tree, number);
  }

  /** The latest runs of a kind, the newest first; of those that are over without what they list. */
  public List<Run> latest(TreeId tree, Run.Kind kind, int atMost) {
    return table.latest(tree, kind, atMost).stream()
        .map(run -> Optional.ofNullable(underWay.get(Key.of(run))).map(Live::now).orElse(run))
        .toList();
  }

  /** The last backup of each tree that saved something. */
  public List<Run> lastSaved() {
    return last.lastSaved();
  }

  /** The progress of a run; of one that is over or goes on elsewhere, how it is now. */
  public Optional<RunEvents> events(TreeId tree, long number) {
    var live = underWay.get(new Key(tree, number));
    return live != null
        ? Optional.of(live.events)
        : find(tree, number).map(run -> new RunEvents(clock, () -> run));
  }

  /** The last backup that had ended by a moment. */
  public Optional<Long> backupAt(TreeId tree, Instant moment) {
    return table.savedBy(tree, moment);
  }

  /**
   * Begins a run that is the only one to write to the storage of the tree; empty while another one
   * does.
   */
  public Optional<Lease> beginAlone(TreeId tree, Run.Kind kind, String startedBy) {
    var lease = leases.take(tree, kind, startedBy);
    lease.ifPresent(taken -> watch(taken.run(), Optional.empty()));
    return lease;
  }

  /** The run that is the only one to write to the storage of the tree now, here or elsewhere. */
  public Optional<Run> alone(TreeId tree) {
    return leases.heldBy(tree).flatMap(number -> find(tree, number));
  }

  /**
   * Begins a run that brings files back; it only reads the storage of the tree.
   *
   * @throws SpawnRefused while another one is under way or waits for its turn
   */
  public Run beginRestore(TreeId tree, String startedBy) {
    var lease =
        leases
            .take(tree, Run.Kind.RESTORE, startedBy)
            .orElseThrow(
                () ->
                    new SpawnRefused(
                        "busy",
                        "Files of " + tree.user() + " are being brought back already.",
                        "Try again when that is over."));
    watch(lease.run(), Optional.of(lease));
    return lease.run();
  }

  /** Lets a run that was begun go on in the background. */
  public Run start(Run run, Runnable work) {
    threads.execute(work);
    return run;
  }

  private void watch(Run run, Optional<Lease> lease) {
    underWay.put(Key.of(run), new Live(run, lease, clock));
    listener.began(run);
  }

  /** Carries out a run that is watched, and writes down how it ended. Throws only what is a bug. */
  public Run carryOut(Run run, Consumer<RunProgress> work) {
    var live = underWay.get(Key.of(run));
    try {
      return end(live, outcome(run, live.progress, work));
    } catch (RuntimeException e) {
      live.progress.message("Something went wrong in Homeport itself; the log says what.");
      endFailed(live, e);
      throw e;
    }
  }

  /** A run whose end cannot be written down is let go, and ended as an abandoned one later. */
  private void endFailed(Live live, RuntimeException why) {
    try {
      end(live, Status.FAILED);
    } catch (RuntimeException e) {
      why.addSuppressed(e);
      underWay.remove(Key.of(live.run));
      live.lease.ifPresent(Lease::close);
      live.run = live.run.ended(clock.instant(), Status.FAILED, live.progress.report());
      live.events.tell();
    }
  }

  private Run end(Live live, Status status) {
    live.progress.current("");
    var report = live.progress.report();
    var now = clock.instant();
    table.end(live.run, status, report, now);
    live.run = live.run.ended(now, status, report);
    live.lease.ifPresent(Lease::close);
    live.events.tell();
    underWay.remove(Key.of(live.run));
    tellEnd(live.run);
    return live.run;
  }

  private void tellEnd(Run run) {
    listener.ended(run);
    RunMetrics.ended(run);
  }

  /**
   * Ends the runs of bridges that have died, with which nobody goes on.
   *
   * @param cleanUp removes what a run left behind, before it is ended; may be called again
   */
  public void endAbandoned(Consumer<Run> cleanUp) {
    for (var run : leases.abandoned()) {
      leases.adopt(run).ifPresent(lease -> endAbandoned(lease, cleanUp));
    }
  }

  private void endAbandoned(Lease lease, Consumer<Run> cleanUp) {
    var run = lease.run();
    try (lease) {
      cleanUp.accept(run);
      var report = run.report().withMessage("Homeport stopped during this run.");
      var now = clock.instant();
      table.end(run, Status.FAILED, report, now);
      tellEnd(run.ended(now, Status.FAILED, report));
    } catch (RuntimeException e) {
      log.warn("Run {} of {} could not be ended.", run.number(), run.user(), e);
    }
  }

  /** Ends what is still under way or waits: nobody will go on with it. */
  @Override
  public void close() {
    for (var live : List.copyOf(underWay.values())) {
      live.progress.message("Homeport was stopped during this run.");
      end(live, Status.FAILED);
    }
  }

  private Status outcome(Run run, RunProgress progress, Consumer<RunProgress> work) {
    try {
      work.accept(progress);
      return progress.isPartial() ? Status.PARTIAL : Status.DONE;
    } catch (RuntimeException e) {
      var verdict = verdict(e).orElseThrow(() -> e);
      log.warn("{} {} of {} ended early: {}", run.kind(), run.number(), run.user(), e.toString());
      progress.message(verdict.message());
      return verdict.status();
    }
  }

  private Optional<Verdict> verdict(RuntimeException e) {
    return e instanceof Leases.LeaseLost || e instanceof SpawnRefused
        ? Optional.of(new Verdict(Status.FAILED, e.getMessage()))
        : judge.apply(e);
  }
}
