package org.homeport.bridge.scan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.homeport.spawn.files.Directory;
import org.homeport.spawn.home.HomeFiles;
import org.homeport.spawn.identity.Account;

/**
 * Lets the owner of a home produce and the bridge consume at the same time, with a short queue in
 * between: what reads a home must not touch the database, and the other way round.
 */
public final class Handover {
  private static final int LENGTH = 32;

  /** Takes what is produced; waits while the consumer is behind. */
  public interface Taker<T> {
    /**
     * @throws CancellationException when the consumer has given up
     */
    void take(T item);
  }

  /** Reads in a home as its owner. */
  public interface Producer<T> {
    void produce(Directory home, Taker<T> taker) throws IOException;
  }

  private Handover() {}

  /**
   * Runs the producer as the account, the consumer in this thread, and returns when all is
   * consumed. What either throws ends both.
   *
   * @param discard takes what was produced and not consumed when the consumer throws
   * @throws UncheckedIOException when the producer could not read the home
   */
  public static <T> void run(
      HomeFiles homes,
      Account account,
      Producer<T> producer,
      Consumer<T> consumer,
      Consumer<T> discard) {
    var queue = new ArrayBlockingQueue<Optional<T>>(LENGTH);
    var givenUp = new CompletableFuture<Void>();
    var ended = new CompletableFuture<Void>();
    var thread =
        new Thread(
            () -> {
              try {
                homes.<Void>read(
                    account,
                    home -> {
                      producer.produce(home, item -> put(queue, Optional.of(item), givenUp));
                      return null;
                    });
                put(queue, Optional.empty(), givenUp);
                ended.complete(null);
              } catch (IOException e) {
                ended.completeExceptionally(new UncheckedIOException(e));
              } catch (RuntimeException | Error e) {
                ended.completeExceptionally(e);
              }
            },
            "home-of-" + account.name());
    thread.setDaemon(true);
    thread.start();
    try {
      consume(queue, consumer, ended);
    } catch (RuntimeException e) {
      givenUp.complete(null);
      ended.exceptionally(failure -> null).join();
      queue.forEach(item -> item.ifPresent(discard));
      throw e;
    }
  }

  private static <T> void consume(
      BlockingQueue<Optional<T>> queue, Consumer<T> consumer, CompletableFuture<Void> ended) {
    try {
      while (true) {
        var item = queue.poll(100, TimeUnit.MILLISECONDS);
        if (item == null && ended.isCompletedExceptionally() && queue.isEmpty()) {
          raise(ended);
        } else if (item != null && item.isEmpty()) {
          return;
        } else if (item != null) {
          consumer.accept(item.get());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Stopped while a home was read.", e);
    }
  }

  private static void raise(CompletableFuture<Void> ended) {
    try {
      ended.join();
    } catch (java.util.concurrent.CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private static <T> void put(BlockingQueue<T> queue, T item, CompletableFuture<Void> givenUp) {
    try {
      do {
        if (givenUp.isDone()) {
          throw new CancellationException("Nobody consumes any more.");
        }
      } while (!queue.offer(item, 100, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("Interrupted while the consumer was behind.");
    }
  }
}
