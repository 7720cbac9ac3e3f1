package org.homeport.bridge.remote.drive;

import java.time.Duration;
import java.time.Instant;

/**
 * Drive's searches find what was made only after a while. Homeport asks its index and needs no
 * search; but when the index is lost, the searches of the next process must find all that the last
 * one had made, or it would be made again.
 */
final class SearchLag {
  private final WaitingClock clock;
  private final Instant over;

  SearchLag(WaitingClock clock, Duration lag) {
    this.clock = clock;
    this.over = clock.instant().plus(lag);
  }

  /** Returns when searches find everything that was made before this process began. */
  void await() {
    clock.await(Duration.between(clock.instant(), over));
  }
}
