package org.homeport.bridge.night;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The night that is under way, or was the last one.
 *
 * @param success empty while it is under way
 * @param message what an administrator should know of it; empty when there is nothing
 */
public record LastNight(
    Instant begunAt, Optional<Instant> endedAt, Optional<Boolean> success, String message) {
  public LastNight {
    Objects.requireNonNull(begunAt);
    Objects.requireNonNull(endedAt);
    Objects.requireNonNull(success);
    Objects.requireNonNull(message);
  }
}
