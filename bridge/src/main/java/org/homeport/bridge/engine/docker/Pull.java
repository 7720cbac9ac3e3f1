package org.homeport.bridge.engine.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.PullResponseItem;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.homeport.bridge.engine.EngineRejected;
import org.homeport.bridge.engine.EngineUnavailable;
import org.homeport.bridge.engine.PullProgress;

/** One pull under way: adds up its layers, and notices when nothing comes any more. */
final class Pull implements ResultCallback<PullResponseItem> {
  private static final Duration STALLED = Duration.ofMinutes(5);

  private final String image;
  private final PullProgress progress;
  private final Map<String, Layer> layers = new HashMap<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile Closeable stream = () -> {};
  private volatile long lastSign = System.nanoTime();
  private volatile String refusal;
  private volatile Throwable broken;

  Pull(String image, PullProgress progress) {
    this.image = image;
    this.progress = progress;
  }

  /** Blocks until the image is there. */
  void await() {
    try (this) {
      while (!over.await(1, TimeUnit.SECONDS)) {
        if (System.nanoTime() - lastSign > STALLED.toNanos()) {
          throw new EngineUnavailable(
              "The pull of " + image + " made no headway for " + STALLED.toMinutes() + " minutes.");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineUnavailable("Interrupted while pulling " + image + ".", e);
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

  @Override
  public void onStart(Closeable begun) {
    stream = begun;
  }

  @Override
  public void onNext(PullResponseItem item) {
    lastSign = System.nanoTime();
    if (item.getErrorDetail() != null) {
      refusal = item.getErrorDetail().getMessage();
    }
    var detail = item.getProgressDetail();
    if ("Downloading".equals(item.getStatus()) && detail != null && detail.getTotal() != null) {
      layers.put(item.getId(), new Layer(detail.getCurrent(), detail.getTotal()));
      tell();
    } else if ("Download complete".equals(item.getStatus())) {
      layers.computeIfPresent(item.getId(), (id, layer) -> layer.complete());
      tell();
    }
  }

  @Override
  public void onError(Throwable throwable) {
    broken = throwable;
    over.countDown();
  }

  @Override
  public void onComplete() {
    over.countDown();
  }

  @Override
  public void close() {
    try {
      stream.close();
    } catch (IOException e) {
      throw new EngineUnavailable("The pull of " + image + " did not end.", e);
    }
  }

  private void tell() {
    progress.pulled(
        layers.values().stream().mapToLong(Layer::done).sum(),
        layers.values().stream().mapToLong(Layer::total).sum());
  }

  private record Layer(long done, long total) {
    Layer complete() {
      return new Layer(total, total);
    }
  }
}
