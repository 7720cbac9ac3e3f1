package org.homeport.bridge.backup;

import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.homeport.bridge.database.Database;
import org.homeport.spawn.identity.HubUser;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that one run at a time writes to the storage of a user, across all bridges on the
 * database. A lease is renewed while its run goes on, and ends by itself when the bridge dies.
 */
public final class Leases implements AutoCloseable {
  public static final Duration TERM = Duration.ofSeconds(30);
  private static final Logger log = LoggerFactory.getLogger(Leases.class);

  private final Database database;
  private final Clock clock;
  private final Duration term;
  private final ScheduledExecutorService renewer =
      Executors.newSingleThreadScheduledExecutor(task -> daemon(task));

  public Leases(Database database, Clock clock, Duration term) {
    this.database = database;
    this.clock = clock;
    this.term = term;
  }

  /** The run that has the storage of the user now, if any has. */
  Optional<Long> heldBy(Handle handle, HubUser user) {
    return handle
        .createQuery("SELECT run FROM backup_leases WHERE user_name = :user AND until > :now")
        .bind("user", user.name())
        .bind("now", clock.millis())
        .mapTo(Long.class)
        .findOne();
  }

  /**
   * Takes the lease for the run that {@code begin} makes, in the same transaction; empty when
   * somebody has it.
   */
  Optional<Lease> take(HubUser user, Function<Handle, Run> begin) {
    var holder = ManagementFactory.getRuntimeMXBean().getName() + "/" + UUID.randomUUID();
    return database
        .write(
            handle -> {
              // The row first: two bridges on PostgreSQL then wait for each other here.
              var taken =
                  handle
                      .createUpdate(
                          "INSERT INTO backup_leases (user_name, holder, run, until)"
                              + " VALUES (:user, :holder, 0, :until)"
                              + " ON CONFLICT (user_name) DO UPDATE SET holder = excluded.holder,"
                              + " until = excluded.until WHERE backup_leases.until <= :now")
                      .bind("user", user.name())
                      .bind("holder", holder)
                      .bind("now", clock.millis())
                      .bind("until", until())
                      .execute();
              if (taken == 0) {
                return Optional.<Run>empty();
              }
              var run = begin.apply(handle);
              handle.execute(
                  "UPDATE backup_leases SET run = ? WHERE user_name = ?",
                  run.number(),
                  user.name());
              return Optional.of(run);
            })
        .map(run -> new Lease(holder, run));
  }

  @Override
  public void close() {
    renewer.shutdownNow();
  }

  private long until() {
    return clock.millis() + term.toMillis();
  }

  private static Thread daemon(Runnable task) {
    var thread = new Thread(task, "backup-leases");
    thread.setDaemon(true);
    return thread;
  }

  /** The right to write to the storage of one user, for one run. */
  final class Lease implements AutoCloseable {
    private final String holder;
    private final Run run;
    private final ScheduledFuture<?> renewal;
    private volatile boolean lost;

    private Lease(String holder, Run run) {
      this.holder = holder;
      this.run = run;
      var pause = term.toMillis() / 3;
      this.renewal =
          renewer.scheduleWithFixedDelay(this::renew, pause, pause, TimeUnit.MILLISECONDS);
    }

    Run run() {
      return run;
    }

    /**
     * @throws LeaseLost when this process slept so long that another one may write by now
     */
    void check() {
      if (lost) {
        throw new LeaseLost(run);
      }
    }

    @Override
    public void close() {
      renewal.cancel(false);
      database.write(
          handle ->
              handle.execute(
                  "DELETE FROM backup_leases WHERE user_name = ? AND holder = ?",
                  run.user().name(),
                  holder));
    }

    private void renew() {
      try {
        var renewed =
            database.write(
                handle ->
                    handle.execute(
                        "UPDATE backup_leases SET until = ? WHERE user_name = ? AND holder = ?",
                        until(),
                        run.user().name(),
                        holder));
        lost = renewed == 0;
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
