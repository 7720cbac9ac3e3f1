package org.homeport.bridge.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.homeport.spawn.text.Spelling;

/**
 * Reads values from the texts of the settings; each method throws {@link IllegalArgumentException}.
 */
public final class Readers {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,3})?)([KMGT]?)");

  private Readers() {}

  /** Bytes: a number, or one with K, M, G or T for powers of 1024. */
  public static long size(String text) {
    var match = SIZE.matcher(text);
    if (!match.matches()) {
      throw new IllegalArgumentException("expected a size such as 512M or 2G");
    }
    var shift = 10 * ("KMGT".indexOf(match.group(2)) + 1);
    return (long)
        (Double.parseDouble(match.group(1)) * (1L << (match.group(2).isEmpty() ? 0 : shift)));
  }

  /** An absolute path. */
  public static Path path(String text) {
    try {
      var path = Path.of(text);
      if (path.isAbsolute()) {
        return path.normalize();
      }
    } catch (InvalidPathException e) {
      // Falls through: what is expected is the same.
    }
    throw new IllegalArgumentException("expected an absolute path");
  }

  public static boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("expected true or false");
    };
  }

  /** A whole number within limits. */
  public static Function<String, Integer> number(int least, int most) {
    return text -> {
      try {
        var number = Integer.parseInt(text);
        if (number >= least && number <= most) {
          return number;
        }
      } catch (NumberFormatException e) {
        // Falls through: what is expected is the same.
      }
      throw new IllegalArgumentException("expected a number from " + least + " to " + most);
    };
  }

  /** A decimal number. */
  public static double decimal(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("expected a number such as 1.5", e);
    }
  }

  /** A constant of an enum, written in lower case with hyphens. */
  public static <E extends Enum<E>> Function<String, E> choice(Class<E> type) {
    return text ->
        Spelling.find(type, text)
            .orElseThrow(() -> new IllegalArgumentException("expected " + choices(type)));
  }

  private static String choices(Class<? extends Enum<?>> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(Spelling::of)
        .collect(Collectors.joining(", "));
  }
}
