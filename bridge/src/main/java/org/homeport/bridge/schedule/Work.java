package org.homeport.bridge.schedule;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Something to do automatically. What it throws is logged, and it is tried again a few times, a
 * little later.
 *
 * @param name its name in the database, which therefore never changes
 * @param action takes the key that the work is about, which is empty for repeated work
 */
public record Work(String name, Consumer<String> action, Optional<Repeat> repeat) {

  /** The times at which work is repeated. */
  public sealed interface Repeat {
    record Daily(LocalTime time, ZoneId zone) implements Repeat {}

    record Every(Duration pause) implements Repeat {}
  }

  public Work {
    Objects.requireNonNull(name);
    Objects.requireNonNull(action);
    Objects.requireNonNull(repeat);
  }

  /** Makes work that is asked for, once for each key and time. */
  public static Work onceFor(String name, Consumer<String> action) {
    return new Work(name, action, Optional.empty());
  }

  public static Work daily(String name, LocalTime time, ZoneId zone, Runnable action) {
    return new Work(name, key -> action.run(), Optional.of(new Repeat.Daily(time, zone)));
  }

  public static Work every(String name, Duration pause, Runnable action) {
    return new Work(name, key -> action.run(), Optional.of(new Repeat.Every(pause)));
  }
}
