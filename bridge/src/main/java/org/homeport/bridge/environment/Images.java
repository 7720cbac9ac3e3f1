package org.homeport.bridge.environment;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.homeport.bridge.engine.Image;
import org.homeport.bridge.engine.ImageStore;
import org.homeport.bridge.environment.EnvironmentSettings.Pull;
import org.homeport.spawn.image.ImageName;
import org.homeport.spawn.progress.Progress;
import org.homeport.spawn.refusal.SpawnRefused;
import org.homeport.spawn.seed.ImageFiles;
import org.homeport.spawn.seed.SeedCache;

/** Brings images here, one pull for everybody who waits for it, and takes their files out. */
public final class Images {
  private final ImageStore store;
  private final SeedCache seeds;
  private final EnvironmentSettings settings;
  private final SharedPulls pulls;

  /**
   * @param threads run the pulls
   */
  public Images(ImageStore store, SeedCache seeds, EnvironmentSettings settings, Executor threads) {
    this.store = store;
    this.seeds = seeds;
    this.settings = settings;
    this.pulls = new SharedPulls(store, settings, threads);
  }

  /**
   * The image, as soon as it is here. Cancelling what this returns gives up to wait: a pull ends
   * with the last one who waits for it.
   *
   * @param present what the engine has of that name at the moment
   * @throws SpawnRefused when it is not here and no start may fetch it
   */
  public CompletableFuture<Image> bring(
      ImageName name, Optional<Image> present, Progress progress, Consumer<String> warn) {
    if (present.isPresent()) {
      return settings.pull() == Pull.ALWAYS
          ? refresh(name, present.get(), progress, warn)
          : CompletableFuture.completedFuture(present.get());
    }
    if (settings.pull() == Pull.NEVER || !settings.mayFetch(name)) {
      throw missing(name);
    }
    return pull(name, progress);
  }

  /** The files that Homeport takes out of an image; quick for one that was asked for before. */
  public ImageFiles files(Image image) throws IOException {
    return seeds.of(
        image.id(),
        () -> {
          PullMetrics.opened();
          return new CheckedSource(store.open(image.id()), image);
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
    return pulls.join(name, progress);
  }

  /** A refresh that fails leaves the image as it is here. */
  private CompletableFuture<Image> refresh(
      ImageName name, Image present, Progress progress, Consumer<String> warn) {
    var pull = pull(name, progress);
    var refreshed =
        pull.exceptionally(
            failure -> {
              warn.accept("The environment could not be refreshed; an earlier copy is used.");
              return present;
            });
    refreshed.whenComplete((image, failure) -> pull.cancel(false)); // when nobody waits any more
    return refreshed;
  }

  private SpawnRefused missing(ImageName name) {
    return new SpawnRefused(
        "image-missing",
        "The environment " + name + " is not on this host.",
        "Ask the administrator for '" + store.pullCommand(name) + "'.");
  }
}
