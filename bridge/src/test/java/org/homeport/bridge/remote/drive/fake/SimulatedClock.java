package org.homeport.bridge.remote.drive.fake;

import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;
import org.homeport.bridge.remote.drive.WaitingClock;

/**
 * Time that passes only while everybody waits for it.
 *
 * <p>Each worker says when it begins and ends. When all workers wait, time leaps to the first
 * moment that one of them waits for. A worker that waits for a server whose handler waits on this
 * clock counts as waiting once: it is the handler's thread that does so on its behalf.
 */
public final class SimulatedClock implements WaitingClock {
  private record Waiter(Instant until, Thread thread) {}

  private final PriorityQueue<Waiter> waiters =
      new PriorityQueue<>((a, b) -> a.until().compareTo(b.until()));
  private Instant now;
  private int busy;

  public SimulatedClock(Instant start) {
    this.now = start;
  }

  /** Runs the work of one worker, whose waiting moves the time. */
  public void work(Runnable work) {
    synchronized (this) {
      busy++;
    }
    try {
      work.run();
    } finally {
      synchronized (this) {
        busy--;
        leap();
      }
    }
  }

  /** Lets time pass by hand. */
  public synchronized void advance(Duration duration) {
    now = now.plus(duration);
    wake();
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public synchronized void await(Duration duration) {
    if (duration.isZero() || duration.isNegative()) {
      return;
    }
    var waiter = new Waiter(now.plus(duration), Thread.currentThread());
    waiters.add(waiter);
    busy--;
    leap();
    try {
      while (waiters.contains(waiter)) {
        wait();
      }
    } catch (InterruptedException e) {
      if (waiters.remove(waiter)) {
        busy++;
      }
      Thread.currentThread().interrupt();
    }
  }

  /** Outside of any worker's time, a wait passes at once. */
  private void leap() {
    if (busy <= 0 && !waiters.isEmpty()) {
      now = waiters.peek().until();
      wake();
    }
  }

  private void wake() {
    while (!waiters.isEmpty() && !waiters.peek().until().isAfter(now)) {
      waiters.remove();
      busy++;
    }
    notifyAll();
  }
}
