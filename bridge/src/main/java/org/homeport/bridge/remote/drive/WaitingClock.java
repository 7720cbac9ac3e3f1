package org.homeport.bridge.remote.drive;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;

/**
 * Time that can be read and waited for; a simulated one lets a night of uploads pass in a minute.
 */
public interface WaitingClock extends InstantSource {

  /** Returns when that much time has passed; at once when the thread is interrupted. */
  void await(Duration duration);

  /** The time of the machine. */
  static WaitingClock system() {
    return new WaitingClock() {
      @Override
      public Instant instant() {
        return Instant.now();
      }

      @Override
      public void await(Duration duration) {
        var end = System.nanoTime() + duration.toNanos();
        for (var left = duration.toNanos(); left > 0; left = end - System.nanoTime()) {
          LockSupport.parkNanos(left);
          if (Thread.currentThread().isInterrupted()) {
            return;
          }
        }
      }
    };
  }
}
