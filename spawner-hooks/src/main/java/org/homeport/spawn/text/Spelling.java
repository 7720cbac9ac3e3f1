package org.homeport.spawn.text;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Spells the constants of an enum as JSON, SQL and settings have them: in lower case with hyphens.
 */
public final class Spelling {
  private Spelling() {}

  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Finds the constant that is spelled like this; empty when there is none. */
  public static <E extends Enum<E>> Optional<E> find(Class<E> type, String text) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> of(constant).equals(text))
        .findFirst();
  }

  /**
   * Reads what {@link #of} wrote.
   *
   * @throws IllegalArgumentException when no constant is spelled like this
   */
  public static <E extends Enum<E>> E read(Class<E> type, String text) {
    return find(type, text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'" + text + "' is not a " + type.getSimpleName() + "."));
  }
}
