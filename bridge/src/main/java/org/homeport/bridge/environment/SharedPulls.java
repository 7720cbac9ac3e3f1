package org.homeport.bridge.environment;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.homeport.bridge.engine.EngineRejected;
import org.homeport.bridge.engine.EngineUnavailable;
import org.homeport.bridge.engine.Image;
import org.homeport.bridge.engine.ImageStore;
import org.homeport.bridge.settings.Sizes;
import org.homeport.spawn.image.ImageName;
import org.homeport.spawn.progress.Progress;
import org.homeport.spawn.progress.Progress.Phase;
import org.homeport.spawn.refusal.SpawnRefused;

/**
 * Fetches images: each once for everybody who waits for it, a few at a time, and not beyond what
 * the disk has to keep free. A fetch that nobody waits for any more ends.
 */
final class SharedPulls {
  private final ImageStore store;
  private final Executor threads;
  private final Semaphore places;
  private final long keepFree;
  private final Map<ImageName, SharedPull> pulls = new ConcurrentHashMap<>();

  /**
   * @param threads run the fetches
   */
  SharedPulls(ImageStore store, EnvironmentSettings settings, Executor threads) {
    this.store = store;
    this.threads = threads;
    this.places = new Semaphore(settings.pullsAtOnce(), true);
    this.keepFree = settings.keepFree();
  }

  /** The image, once it was fetched. Whoever does not wait any longer cancels what this returns. */
  CompletableFuture<Image> join(ImageName name, Progress progress) {
    progress.report(Phase.PULLING, 0, 0, "Fetching the environment " + name + ".");
    var joined = new CompletableFuture<CompletableFuture<Image>>();
    pulls.compute(
        name,
        (same, current) -> {
          var pull = current == null || current.isAbandoned() ? begin(name) : current;
          joined.complete(pull.join((done, total) -> report(name, done, total, progress)));
          return pull;
        });
    return joined.join();
  }

  private SharedPull begin(ImageName name) {
    var begun = new SharedPull();
    threads.execute(() -> run(name, begun));
    return begun;
  }

  private void run(ImageName name, SharedPull pull) {
    var began = System.nanoTime();
    PullMetrics.begun();
    try {
      pull.complete(fetch(name, pull));
    } catch (EngineRejected e) {
      pull.fail(unavailable(name, e));
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) { // somebody waits for the end
      pull.fail(pull.isOutOfRoom() ? outOfRoom(name) : e);
    } finally {
      pulls.remove(name, pull);
      PullMetrics.ended(pull.isDone(), (System.nanoTime() - began) / 1e9, pull.bytes());
    }
  }

  private Image fetch(ImageName name, SharedPull pull) {
    pull.work();
    try {
      places.acquire();
      try {
        return fetchNow(name, pull);
      } finally {
        places.release();
      }
    } catch (InterruptedException e) {
      throw new EngineUnavailable("Nobody waits for " + name + " any more.", e);
    } finally {
      pull.rest();
    }
  }

  private Image fetchNow(ImageName name, SharedPull pull) {
    if (!hasRoom()) {
      throw outOfRoom(name);
    }
    return store.pull(
        name,
        (done, total) -> {
          pull.tell(done, total);
          if (!hasRoom()) {
            pull.endForLackOfRoom();
          }
        });
  }

  private boolean hasRoom() {
    var free = store.freeSpace();
    return free.isEmpty() || free.getAsLong() >= keepFree;
  }

  private static void report(ImageName name, long done, long total, Progress progress) {
    progress.report(
        Phase.PULLING,
        done,
        total,
        "Fetching the environment %s: %d of %d MB."
            .formatted(name, megabytes(done), megabytes(total)));
  }

  private static SpawnRefused unavailable(ImageName name, EngineRejected e) {
    return new SpawnRefused(
        "image-unavailable",
        "The environment " + name + " could not be fetched: " + e.getMessage(),
        "Choose another environment, or tell the administrator.",
        e);
  }

  private SpawnRefused outOfRoom(ImageName name) {
    return new SpawnRefused(
        "image-unavailable",
        "The environment "
            + name
            + " could not be fetched: too little of the disk is free, since "
            + Sizes.text(keepFree)
            + " have to stay so.",
        "Ask the administrator to remove environments that nobody needs, to make room, or to set"
            + " environments.keep-free.");
  }

  private static long megabytes(long bytes) {
    return Math.round(bytes / 1e6);
  }
}
