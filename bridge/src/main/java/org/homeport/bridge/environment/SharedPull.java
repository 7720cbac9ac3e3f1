package org.homeport.bridge.environment;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.homeport.bridge.engine.Image;
import org.homeport.bridge.engine.PullProgress;

/** A fetch under way, and those who wait for it. It ends when the last of them leaves. */
final class SharedPull {
  private final CompletableFuture<Image> image = new CompletableFuture<>();
  private final List<PullProgress> listeners = new CopyOnWriteArrayList<>();
  private int waiting;
  private boolean abandoned;
  private boolean outOfRoom;
  private Thread worker;
  private volatile long bytes;

  /** The image as one of those who wait sees it, who leaves by cancelling it. */
  synchronized CompletableFuture<Image> join(PullProgress listener) {
    waiting++;
    listeners.add(listener);
    var mine = image.copy();
    mine.whenComplete(
        (result, failure) -> {
          if (mine.isCancelled()) {
            leave(listener);
          }
        });
    return mine;
  }

  /** The thread that called this is interrupted, until {@link #rest}, when the fetch is to end. */
  synchronized void work() {
    worker = Thread.currentThread();
    if (abandoned) {
      worker.interrupt();
    }
  }

  synchronized void rest() {
    worker = null;
    Thread.interrupted(); // it was meant for the fetch alone
  }

  synchronized void endForLackOfRoom() {
    outOfRoom = true;
    interrupt();
  }

  synchronized boolean isAbandoned() {
    return abandoned;
  }

  synchronized boolean isOutOfRoom() {
    return outOfRoom;
  }

  void tell(long done, long total) {
    bytes = done;
    listeners.forEach(listener -> listener.pulled(done, total));
  }

  void complete(Image fetched) {
    image.complete(fetched);
  }

  void fail(Throwable failure) {
    image.completeExceptionally(failure);
  }

  boolean isDone() {
    return image.isDone() && !image.isCompletedExceptionally();
  }

  long bytes() {
    return bytes;
  }

  private synchronized void leave(PullProgress listener) {
    listeners.remove(listener);
    waiting--;
    if (waiting == 0) {
      abandoned = true;
      interrupt();
    }
  }

  private void interrupt() {
    if (worker != null) {
      worker.interrupt();
    }
  }
}
