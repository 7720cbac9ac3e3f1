package org.homeport.bridge.remote.drive;

import java.time.Duration;
import java.time.Instant;

/**
 * A token bucket that follows what Drive accepts: it slows down when calls are refused, and comes
 * back to its full rate, never above it, while they are taken.
 */
final class Pace {
  private static final double SLOWEST = 0.25;
  private static final double SLOWER = 0.8;
  private static final double FASTER = 1.1;
  private static final int FASTER_AFTER = 10;

  /** Calls that were under way together are refused together; that is one reason to slow down. */
  private static final Duration TOGETHER = Duration.ofSeconds(1);

  private final WaitingClock clock;
  private final double fullRate;
  private final int burst;
  private double rate;
  private double tokens;
  private Instant last;
  private Instant slowed = Instant.MIN;
  private int taken;

  /**
   * @param rate how many calls a second, sustained
   * @param burst how many at once after a rest
   */
  Pace(double rate, int burst, WaitingClock clock) {
    this.clock = clock;
    this.fullRate = rate;
    this.burst = burst;
    this.rate = rate;
    this.tokens = burst;
    this.last = clock.instant();
  }

  int burst() {
    return burst;
  }

  /** Waits until so many calls may be made. Who came first goes first. */
  void take(int calls) {
    clock.await(reserve(calls));
  }

  private synchronized Duration reserve(int calls) {
    refill();
    tokens -= calls;
    return tokens >= 0 ? Duration.ZERO : seconds(-tokens / rate);
  }

  /** Drive accepted a call. */
  synchronized void accepted() {
    if (rate < fullRate && ++taken >= FASTER_AFTER) {
      refill();
      taken = 0;
      rate = Math.min(fullRate, rate * FASTER);
    }
  }

  /**
   * Drive refused a call for its rate.
   *
   * @param rest how long it asks to be left alone
   */
  synchronized void refused(Duration rest) {
    refill();
    taken = 0;
    if (slowed.isBefore(last.minus(TOGETHER))) {
      slowed = last;
      rate = Math.max(Math.min(SLOWEST, fullRate), rate * SLOWER);
    }
    tokens = Math.min(tokens, -rest.toNanos() / 1e9 * rate);
  }

  private void refill() {
    var now = clock.instant();
    var passed = Math.max(0, Duration.between(last, now).toNanos() / 1e9);
    tokens = Math.min(burst, tokens + passed * rate);
    last = now;
  }

  private static Duration seconds(double seconds) {
    return Duration.ofNanos((long) Math.ceil(seconds * 1e9));
  }
}
