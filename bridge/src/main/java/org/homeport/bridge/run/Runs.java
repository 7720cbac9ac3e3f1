package org.homeport.bridge.run;

import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.remote.NeedsReconnect;
import org.homeport.bridge.remote.RemoteFailure;
import org.homeport.bridge.remote.RemoteFull;
import org.homeport.bridge.run.Leases.Lease;
import org.homeport.bridge.run.Run.Status;
import org.homeport.bridge.tree.TreeId;
import org.homeport.spawn.refusal.SpawnRefused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All runs: those under way here, with their progress, and those in the database. */
public final class Runs {
  private static final Logger log = LoggerFactory.getLogger(Runs.class);

  private final RunTable table;
  private final LastRuns last;
  private final Leases leases;
  private final Executor threads;
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
    private volatile Run run;
    private final RunProgress progress;
    private final RunEvents events;

    Live(Run run, Clock clock) {
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

  public Runs(Database database, Leases leases, Executor threads, Clock clock) {
    this(database, leases, threads, RunListener.NOBODY, clock);
  }

  /**
   * @param threads where runs that were started go on
   */
  public Runs(
      Database database, Leases leases, Executor threads, RunListener listener, Clock clock) {
    this.table = new RunTable(database);
    this.last = new LastRuns(database);
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

  /** The latest runs of a kind, the newest first. */
  public List<Run> latest(TreeId tree, Run.Kind kind, int atMost) {
    return table.latest(tree, kind, atMost).stream()
        .map(run -> find(tree, run.number()).orElse(run))
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
    lease.ifPresent(taken -> watch(taken.run()));
    return lease;
  }

  /** The run that is the only one to write to the storage of the tree now, here or elsewhere. */
  public Optional<Run> alone(TreeId tree) {
    return leases.heldBy(tree).flatMap(number -> find(tree, number));
  }

  /** Begins a run that only reads the storage of the tree. */
  public Run begin(TreeId tree, Run.Kind kind, String startedBy) {
    var run = table.begin(tree, kind, startedBy, clock.instant());
    watch(run);
    return run;
  }

  /** Lets a run that was begun go on in the background. */
  public Run start(Run run, Runnable work) {
    threads.execute(work);
    return run;
  }

  private void watch(Run run) {
    underWay.put(Key.of(run), new Live(run, clock));
    listener.began(run);
  }

  /** Carries out a run that is watched, and writes down how it ended. Throws only what is a bug. */
  public Run carryOut(Run run, Consumer<RunProgress> work) {
    var live = underWay.get(Key.of(run));
    try {
      return end(live, outcome(run, live.progress, work));
    } catch (RuntimeException e) {
      live.progress.message("Something went wrong in Homeport itself; the log says what.");
      end(live, Status.FAILED);
      throw e;
    }
  }

  private Run end(Live live, Status status) {
    live.progress.current("");
    var report = live.progress.report();
    var now = clock.instant();
    table.end(live.run, status, report, now);
    live.run = live.run.ended(now, status, report);
    live.events.tell();
    underWay.remove(Key.of(live.run));
    listener.ended(live.run);
    RunMetrics.ended(live.run);
    return live.run;
  }

  private static Status outcome(Run run, RunProgress progress, Consumer<RunProgress> work) {
    try {
      work.accept(progress);
      return progress.isPartial() ? Status.PARTIAL : Status.DONE;
    } catch (RemoteFailure | SpawnRefused | UncheckedIOException | Leases.LeaseLost e) {
      log.warn("{} {} of {} ended early: {}", run.kind(), run.number(), run.user(), e.toString());
      progress.message(message(e));
      return status(e);
    }
  }

  private static String message(RuntimeException e) {
    return e instanceof UncheckedIOException
        ? "The home could not be read: " + e.getCause().getMessage()
        : e.getMessage();
  }

  private static Status status(RuntimeException e) {
    if (e instanceof NeedsReconnect) {
      return Status.NEEDS_RECONNECT;
    }
    return e instanceof RemoteFull ? Status.REMOTE_FULL : Status.FAILED;
  }
}
