package org.homeport.bridge.scan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.homeport.spawn.files.Directory;
import org.homeport.spawn.home.HomeFiles;
import org.homeport.spawn.identity.Account;

/**
 * Lets the owner of a home produce and the bridge consume at the same time, with a short queue in
 * between: what reads a home must not touch the database, and the other way round.
 */
public final class Handover<T> {
  private static final int LENGTH = 32;
  private static final long POLL_MILLIS = 100;

  /** So long a producer that works may need to notice that nobody consumes any more. */
  private static final Duration TO_NOTICE = Duration.ofSeconds(10);

  /**
   * The time that the bridge waits for a home.
   *
   * @param silence without any sign of the producer: then a file system hangs
   * @param whole from the beginning to the end
   */
  public record Patience(Duration silence, Duration whole) {
    private static final Duration SILENCE = Duration.ofMinutes(5);

    /** For looking through a home, which no rules and no number of files may stretch. */
    public static final Patience SCAN = new Patience(SILENCE, Duration.ofHours(2));

    /** For reading the files of a home, which may be as many and as large as they are. */
    public static final Patience READING = new Patience(SILENCE, Duration.ofDays(365));
  }

  /** Takes what is produced; waits while the consumer is behind. */
  public interface Taker<T> {
    /**
     * Takes one item.
     *
     * @throws CancellationException when the consumer has given up
     */
    void take(T item);

    /**
     * Says that the work goes on, though there is nothing to take yet.
     *
     * @throws CancellationException when the consumer has given up
     */
    default void goesOn() {}
  }

  /** Reads in a home as its owner. */
  public interface Producer<T> {
    void produce(Directory home, Taker<T> taker) throws IOException;
  }

  private final BlockingQueue<Optional<T>> queue = new ArrayBlockingQueue<>(LENGTH);
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final Patience patience;
  private final long start = System.nanoTime();
  private volatile long lastSign = start;
  private volatile boolean givenUp;

  private Handover(Patience patience) {
    this.patience = patience;
  }

  /**
   * Runs the producer as the account, the consumer in this thread, and returns when all is
   * consumed. What either throws ends both.
   *
   * @param discard takes what was produced and not consumed when the consumer throws
   * @throws UncheckedIOException when the producer could not read the home, or took too long
   */
  public static <T> void run(
      HomeFiles homes,
      Account account,
      Patience patience,
      Producer<T> producer,
      Consumer<T> consumer,
      Consumer<T> discard) {
    new Handover<T>(patience).run(homes, account, producer, consumer, discard);
  }

  private void run(
      HomeFiles homes,
      Account account,
      Producer<T> producer,
      Consumer<T> consumer,
      Consumer<T> discard) {
    var thread = new Thread(() -> produce(homes, account, producer), "home-of-" + account.name());
    thread.setDaemon(true);
    thread.start();
    try {
      consume(consumer);
    } catch (RuntimeException e) {
      givenUp = true;
      awaitProducer();
      queue.forEach(item -> item.ifPresent(discard));
      throw e;
    }
  }

  private void produce(HomeFiles homes, Account account, Producer<T> producer) {
    try {
      homes.<Void>read(
          account,
          home -> {
            producer.produce(home, new Putting());
            return null;
          });
      put(Optional.empty());
      ended.complete(null);
    } catch (IOException e) {
      ended.completeExceptionally(new UncheckedIOException(e));
    } catch (RuntimeException | Error e) {
      ended.completeExceptionally(e);
    }
  }

  private final class Putting implements Taker<T> {
    @Override
    public void take(T item) {
      put(Optional.of(item));
    }

    @Override
    public void goesOn() {
      lastSign = System.nanoTime();
      if (givenUp) {
        throw new CancellationException("Nobody consumes any more.");
      }
    }
  }

  private void put(Optional<T> item) {
    try {
      do {
        new Putting().goesOn();
      } while (!queue.offer(item, 100, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("Interrupted while the consumer was behind.");
    }
  }

  private void consume(Consumer<T> consumer) {
    try {
      while (true) {
        var item = queue.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
        if (item == null && ended.isCompletedExceptionally() && queue.isEmpty()) {
          raise(ended);
        } else if (item != null && item.isEmpty()) {
          return;
        } else if (item != null) {
          consumer.accept(item.get());
        } else {
          requireSign();
        }
        requireEnd();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Stopped while a home was read.", e);
    }
  }

  private void requireSign() {
    if (isOver(patience.silence(), lastSign)) {
      throw tooLong("it did not answer for " + shown(patience.silence()) + "; a mount may hang");
    }
  }

  private void requireEnd() {
    if (isOver(patience.whole(), start)) {
      throw tooLong("it took longer than " + shown(patience.whole()));
    }
  }

  private static boolean isOver(Duration time, long since) {
    return System.nanoTime() - since > time.toNanos();
  }

  private static UncheckedIOException tooLong(String what) {
    return new UncheckedIOException(new IOException(what));
  }

  private static String shown(Duration time) {
    return time.toMinutes() > 0 ? time.toMinutes() + " minutes" : time.toMillis() + " ms";
  }

  /** A producer that hangs in the kernel is left alone: its thread ends when the kernel answers. */
  private void awaitProducer() {
    try {
      ended.get(TO_NOTICE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | CancellationException | TimeoutException e) {
      // The reason is known already, or there will be none.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void raise(CompletableFuture<Void> ended) {
    try {
      ended.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
