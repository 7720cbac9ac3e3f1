package org.homeport.bridge.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * The progress of one run for any number of readers, each of which may leave and come back: only
 * the latest state counts, so only that is kept.
 */
public final class RunEvents {
  private static final Duration PACE = Duration.ofMillis(250);

  private final Clock clock;
  private final Supplier<Run> state;
  private final List<Runnable> readers = new CopyOnWriteArrayList<>();
  private Event latest;
  private Instant told;

  /** The run as it was at an event. */
  public record Event(long id, Run run) {}

  /** Ends when it is closed; never throws. */
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  RunEvents(Clock clock, Supplier<Run> state) {
    this.clock = clock;
    this.state = state;
    this.told = clock.instant();
    this.latest = new Event(1, state.get());
  }

  /** Returns the event that is new to a reader who saw that one last, if there is one. */
  public synchronized List<Event> after(long seen) {
    return latest.id() == seen ? List.of() : List.of(latest);
  }

  /** Whether nothing can come any more for a reader who saw that event last. */
  public synchronized boolean isOverAfter(long seen) {
    return latest.id() == seen && !latest.run().isRunning();
  }

  /** Calls the reader at each event, on a thread of the run; it must return at once. */
  public Subscription subscribe(Runnable reader) {
    readers.add(reader);
    return () -> readers.remove(reader);
  }

  /** Something happened; most of it is not worth an event of its own. */
  void news() {
    synchronized (this) {
      if (clock.instant().isBefore(told.plus(PACE))) {
        return;
      }
    }
    tell();
  }

  /** The run ended, or something else happened that everybody must see. */
  void tell() {
    // Outside the lock: whoever counts the progress has a lock of its own.
    var run = state.get();
    synchronized (this) {
      told = clock.instant();
      latest = new Event(latest.id() + 1, run);
    }
    readers.forEach(Runnable::run);
  }
}
