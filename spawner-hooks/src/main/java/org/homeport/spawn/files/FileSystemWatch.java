package org.homeport.spawn.files;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Asks file systems that may never answer, such as that of an NFS server that is gone, on threads
 * of their own. One that did not answer in time is refused at once, until it answers again.
 *
 * <p>The threads have the identity of the thread that asks.
 */
public final class FileSystemWatch {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** So many questions may be open at the same time; others wait for their turn. */
  private static final int MOST_OPEN = 64;

  /** So many more may be left alone by those who asked; they hold back nobody else. */
  private static final int MOST_LEFT = 256;

  private final Duration patience;
  private final Places places;
  private final Map<Path, Object> silent = new ConcurrentHashMap<>();
  private final Semaphore open = new Semaphore(MOST_OPEN);
  private final Semaphore left = new Semaphore(MOST_LEFT);

  /** Tells the place of a path: the mount that it is in, found without touching it. */
  @FunctionalInterface
  interface Places {
    Path of(Path path) throws IOException;
  }

  public FileSystemWatch() {
    this(PATIENCE, MountedPlaces::of);
  }

  FileSystemWatch(Duration patience, Places places) {
    this.patience = patience;
    this.places = places;
  }

  /** Asks and waits for the answer. */
  public <T> T ask(Path path, Callable<T> question) throws IOException {
    return ask(path, question, late -> {});
  }

  /**
   * Asks and waits for the answer.
   *
   * @param path in the file system that is asked
   * @param discard takes an answer that comes when nobody waits for it any more
   * @throws SilentFileSystemException if there is none in time, or the file system is known for it
   */
  public <T> T ask(Path path, Callable<T> question, Consumer<T> discard) throws IOException {
    requireAnswers(path);
    awaitTurn(path);
    var asked = new Asked<>(question, discard);
    var thread = new Thread(asked, "file-system");
    thread.setDaemon(true);
    thread.start();
    try {
      return asked.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      asked.makeRoom();
      var place = places.of(path);
      silent.put(place, asked);
      asked.leave(() -> silent.remove(place));
      throw new SilentFileSystemException(path);
    } catch (InterruptedException e) {
      asked.leave(() -> {});
      throw interrupted(path, e);
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    }
  }

  private void requireAnswers(Path path) throws IOException {
    if (!silent.isEmpty() && silent.containsKey(places.of(path))) {
      throw new SilentFileSystemException(path);
    }
  }

  /** Many may ask a file system that answers at the same time, as when a course begins. */
  private void awaitTurn(Path path) throws IOException {
    try {
      if (!open.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new SilentFileSystemException(path);
      }
    } catch (InterruptedException e) {
      throw interrupted(path, e);
    }
    try {
      requireAnswers(path);
    } catch (IOException e) {
      open.release();
      throw e;
    }
  }

  private static IOException interrupted(Path path, InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new IOException("Interrupted while waiting for " + path, cause);
  }

  private static IOException failure(Throwable cause) {
    if (cause instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof IOException known ? known : new IOException(cause);
  }

  /** A question, which may outlive the patience with it. */
  private final class Asked<T> extends FutureTask<T> {
    private final Consumer<T> discard;
    private Runnable whenAnswered;
    private boolean ended;
    private Semaphore room = open;

    Asked(Callable<T> question, Consumer<T> discard) {
      super(question);
      this.discard = discard;
    }

    /** Lets another question be asked meanwhile. */
    synchronized void makeRoom() {
      if (!isDone() && left.tryAcquire()) {
        room.release();
        room = left;
      }
    }

    /** Waits no longer; an answer that is there already is discarded as well. */
    synchronized void leave(Runnable whenAnswered) {
      this.whenAnswered = whenAnswered;
      if (isDone()) {
        end();
      }
    }

    @Override
    protected synchronized void done() {
      room.release();
      if (whenAnswered != null) {
        end();
      }
    }

    private void end() {
      if (ended) {
        return;
      }
      ended = true;
      whenAnswered.run();
      try {
        discard.accept(get());
      } catch (InterruptedException | ExecutionException e) {
        // It answers again, be it with an error.
      }
    }
  }
}
