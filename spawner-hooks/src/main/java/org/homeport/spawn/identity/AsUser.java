package org.homeport.spawn.identity;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import org.homeport.spawn.refusal.SpawnRefused;

/**
 * Runs tasks with the file-system identity of one account, so that the kernel decides what they may
 * touch in a home.
 *
 * <p>Linux keeps this identity per thread. Each task gets a thread of its own that takes the
 * identity, reads it back, and ends with the task: no identity outlives its task, whatever the task
 * throws, and all other threads keep theirs.
 *
 * <p>A task does its work in this thread: what it hands to another one runs as the bridge again,
 * and what it does here besides the home (a log file, a database) is done as the user. Classes may
 * load meanwhile, so everybody must be able to read the program's jars.
 */
public final class AsUser {
  private static final int ROOT = 0;
  private static final long HEARTBEAT_MILLIS = 50;

  /**
   * Work to be done as somebody.
   *
   * @param <E> what it may throw, which then reaches the caller
   */
  @FunctionalInterface
  public interface Task<T, E extends Exception> {
    T run() throws E;
  }

  /** A task without a result. */
  @FunctionalInterface
  public interface Action<E extends Exception> {
    void run() throws E;
  }

  private final long self;

  public AsUser() {
    this(FileSystemIdentity.effectiveUid());
  }

  /**
   * @param self the uid that the process has
   */
  AsUser(long self) {
    this.self = self;
  }

  /**
   * Runs the task as the account and waits for its end; an interrupt does not cut it short and is
   * kept for the caller.
   *
   * @throws SpawnRefused if this process may not act for the account
   */
  public <T, E extends Exception> T call(Account account, Task<T, E> task) throws E {
    return call(account, task, () -> {});
  }

  /** Runs a task without a result as the account. */
  public <E extends Exception> void run(Account account, Action<E> action) throws E {
    this.<Void, E>call(
        account,
        () -> {
          action.run();
          return null;
        });
  }

  /**
   * The same, and runs {@code meanwhile} in the calling thread, with the bridge's own identity,
   * about 20 times a second until the task ends: the place to report progress from.
   */
  public <T, E extends Exception> T call(Account account, Task<T, E> task, Runnable meanwhile)
      throws E {
    var work = new FutureTask<T>(withIdentity(account, task)::run);
    var thread = new Thread(work, "as-" + account.name());
    thread.setDaemon(true);
    thread.start();
    var interrupted = false;
    try {
      while (true) {
        try {
          return work.get(HEARTBEAT_MILLIS, MILLISECONDS);
        } catch (TimeoutException stillRunning) {
          meanwhile.run();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw AsUser.<E>unwrapped(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private <T, E extends Exception> Task<T, E> withIdentity(Account account, Task<T, E> task) {
    if (self == ROOT) {
      return () -> {
        FileSystemIdentity.take(account);
        return task.run();
      };
    }
    if (self == account.uid()) {
      return task;
    }
    throw new SpawnRefused(
        "not-root",
        "The bridge runs as uid " + self + " and may not act for " + account.name() + ".",
        "Start the bridge as root, or let it serve its own user only.");
  }

  @SuppressWarnings("unchecked")
  private static <E extends Exception> E unwrapped(ExecutionException failure) {
    if (failure.getCause() instanceof Error error) {
      throw error;
    }
    // Unchecked ones come out of a Task<T, E> as well, and leave the caller as such.
    return (E) failure.getCause();
  }
}
