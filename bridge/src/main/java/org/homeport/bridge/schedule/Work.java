package org.homeport.bridge.schedule;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Something to do by itself. What it throws is logged, and it is done again a little later, a few
 * times.
 *
 * @param name by which the database knows it, so it never changes
 * @param action takes the key that the work is about; empty for repeated work
 */
public record Work(String name, Consumer<String> action, Optional<Repeat> repeat) {

  /** When work is done again and again. */
  public sealed interface Repeat {
    record Daily(LocalTime time, ZoneId zone) implements Repeat {}

    record Every(Duration pause) implements Repeat {}
  }

  public Work {
    Objects.requireNonNull(name);
    Objects.requireNonNull(action);
    Objects.requireNonNull(repeat);
  }

  /** Work that somebody asks for, once for each key and time. */
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
