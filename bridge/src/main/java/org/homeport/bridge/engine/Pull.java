package org.homeport.bridge.engine;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.PullResponseItem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One pull under way: adds up its layers, and notices when nothing comes any more. */
final class Pull extends ResultCallback.Adapter<PullResponseItem> {
  private static final Duration STALLED = Duration.ofMinutes(5);

  private final String image;
  private final PullProgress progress;
  private final Map<String, long[]> layers = new HashMap<>();
  private volatile long lastSign = System.nanoTime();
  private volatile String refusal;
  private volatile Throwable broken;

  Pull(String image, PullProgress progress) {
    this.image = image;
    this.progress = progress;
  }

  @Override
  public void onNext(PullResponseItem item) {
    lastSign = System.nanoTime();
    if (item.getErrorDetail() != null) {
      refusal = item.getErrorDetail().getMessage();
    }
    var detail = item.getProgressDetail();
    if ("Downloading".equals(item.getStatus())
        && detail != null
        && detail.getCurrent() != null
        && detail.getTotal() != null) {
      layers.put(item.getId(), new long[] {detail.getCurrent(), detail.getTotal()});
      tell();
    } else if ("Download complete".equals(item.getStatus())) {
      layers.computeIfPresent(item.getId(), (id, layer) -> new long[] {layer[1], layer[1]});
      tell();
    }
  }

  @Override
  public void onError(Throwable throwable) {
    broken = throwable;
    super.onError(throwable);
  }

  /** Blocks until the image is there. */
  void await() {
    try {
      while (!awaitEnd(Duration.ofSeconds(1))) {
        if (System.nanoTime() - lastSign > STALLED.toNanos()) {
          throw new EngineUnavailable(
              "The pull of " + image + " made no headway for " + STALLED.toMinutes() + " minutes.");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineUnavailable("Interrupted while pulling " + image + ".", e);
    } finally {
      end();
    }
    if (refusal != null) {
      throw new EngineRejected(refusal);
    }
    if (broken instanceof DockerException e) {
      throw EngineCalls.rejected(e);
    }
    if (broken != null) {
      throw new EngineUnavailable("The pull of " + image + " was cut off.", broken);
    }
  }

  private boolean awaitEnd(Duration atMost) throws InterruptedException {
    try {
      return awaitCompletion(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RuntimeException e) {
      return true; // what onError was told, thrown again
    }
  }

  private void end() {
    try {
      close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void tell() {
    progress.pulled(
        layers.values().stream().mapToLong(layer -> layer[0]).sum(),
        layers.values().stream().mapToLong(layer -> layer[1]).sum());
  }
}
