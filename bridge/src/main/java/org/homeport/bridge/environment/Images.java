package org.homeport.bridge.environment;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.homeport.bridge.engine.EngineRejected;
import org.homeport.bridge.engine.Image;
import org.homeport.bridge.engine.ImageStore;
import org.homeport.bridge.engine.PullProgress;
import org.homeport.bridge.environment.EnvironmentSettings.Pull;
import org.homeport.spawn.image.ImageName;
import org.homeport.spawn.progress.Progress;
import org.homeport.spawn.progress.Progress.Phase;
import org.homeport.spawn.refusal.SpawnRefused;
import org.homeport.spawn.seed.ImageFiles;
import org.homeport.spawn.seed.SeedCache;

/** Brings images here, one pull for everybody who waits for it, and takes their files out. */
public final class Images {
  private final ImageStore store;
  private final SeedCache seeds;
  private final Pull policy;
  private final Executor threads;
  private final Map<ImageName, SharedPull> pulls = new ConcurrentHashMap<>();

  /**
   * @param threads run the pulls
   */
  public Images(ImageStore store, SeedCache seeds, Pull policy, Executor threads) {
    this.store = store;
    this.seeds = seeds;
    this.policy = policy;
    this.threads = threads;
  }

  /**
   * The image, as soon as it is here. Giving up to wait does not end the pull.
   *
   * @param present what the engine has of that name at the moment
   */
  public CompletableFuture<Image> bring(
      ImageName name, Optional<Image> present, Progress progress, Consumer<String> warn) {
    if (policy == Pull.ALWAYS) {
      return present.isEmpty()
          ? pull(name, progress)
          : pull(name, progress)
              .exceptionally(
                  failure -> {
                    warn.accept("The environment could not be refreshed; an earlier copy is used.");
                    return present.get();
                  });
    }
    if (present.isPresent()) {
      return CompletableFuture.completedFuture(present.get());
    }
    if (policy == Pull.NEVER) {
      throw new SpawnRefused(
          "image-missing",
          "The environment " + name + " is not on this host.",
          "Ask the administrator for '" + store.pullCommand(name) + "'.");
    }
    return pull(name, progress);
  }

  /** The files that Homeport takes out of an image; quick for one that was asked for before. */
  public ImageFiles files(Image image) throws IOException {
    return seeds.of(
        image.id(),
        () -> {
          PullMetrics.opened();
          return store.open(image.id());
        });
  }

  /** Asks for an image that may be here already. Blocks. */
  public Optional<Image> find(ImageName name) {
    return store.find(name);
  }

  /** Removes what an earlier bridge opened and did not close. Repeatable. */
  public void removeLeftovers() {
    store.removeLeftovers();
  }

  /** Fetches an image whether or not it is here; one fetch for everybody who asks meanwhile. */
  CompletableFuture<Image> pull(ImageName name, Progress progress) {
    progress.report(Phase.PULLING, 0, 0, "Fetching the environment " + name + ".");
    var pull =
        pulls.computeIfAbsent(
            name,
            missing -> {
              var begun = new SharedPull();
              threads.execute(() -> run(name, begun));
              return begun;
            });
    pull.listeners.add(
        (done, total) ->
            progress.report(
                Phase.PULLING,
                done,
                total,
                "Fetching the environment "
                    + name
                    + ": "
                    + megabytes(done)
                    + " of "
                    + megabytes(total)
                    + " MB."));
    return pull.image.copy();
  }

  private void run(ImageName name, SharedPull pull) {
    var began = System.nanoTime();
    PullMetrics.begun();
    try {
      pull.image.complete(store.pull(name, pull::tell));
    } catch (EngineRejected e) {
      pull.image.completeExceptionally(
          new SpawnRefused(
              "image-unavailable",
              "The environment " + name + " could not be fetched: " + e.getMessage(),
              "Choose another environment, or tell the administrator.",
              e));
    } catch (RuntimeException e) {
      pull.image.completeExceptionally(e);
    } finally {
      pulls.remove(name, pull);
      var done = !pull.image.isCompletedExceptionally();
      PullMetrics.ended(done, (System.nanoTime() - began) / 1e9, pull.bytes);
    }
  }

  private static long megabytes(long bytes) {
    return Math.round(bytes / 1e6);
  }

  private static final class SharedPull {
    private final CompletableFuture<Image> image = new CompletableFuture<>();
    private final List<PullProgress> listeners = new CopyOnWriteArrayList<>();
    private volatile long bytes;

    private void tell(long done, long total) {
      bytes = done;
      listeners.forEach(listener -> listener.pulled(done, total));
    }
  }
}
