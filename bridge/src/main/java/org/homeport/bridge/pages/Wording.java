package org.homeport.bridge.pages;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.homeport.bridge.run.Skipped;

/** The words in which people see things. */
final class Wording {
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Wording() {}

  /**
   * A moment; the browser shows it by its own clock.
   *
   * @param iso for programs
   * @param text for browsers without the script
   */
  record Moment(String iso, String text) {
    static Moment of(Instant instant) {
      return new Moment(instant.toString(), UTC.format(instant));
    }

    static Moment ofNanos(long nanos) {
      return of(Instant.ofEpochSecond(0, nanos));
    }
  }

  static String files(long count) {
    return count == 1 ? "1 file" : String.format(Locale.ROOT, "%,d files", count);
  }

  static String left(long seconds) {
    if (seconds < 60) {
      return "less than a minute left";
    }
    var minutes = Math.round(seconds / 60.0);
    return minutes < 120
        ? "about " + minutes + (minutes == 1 ? " minute left" : " minutes left")
        : "about " + Math.round(minutes / 60.0) + " hours left";
  }

  /** Says why something is not in a backup, or not as it should be. */
  static String reason(Skipped.Reason reason) {
    return switch (reason) {
      case IGNORED -> "skipped by a rule";
      case NOT_CHOSEN -> "not in a folder that is saved here";
      case ENVIRONMENT -> "an installed environment, which can be installed again";
      case CACHE -> "a cache, which fills up again";
      case SPECIAL -> "not a file, but a pipe, a socket or a device";
      case OTHER_FILE_SYSTEM -> "another disk or a mount, which is not saved with the home";
      case UNREADABLE -> "could not be read";
      case UNWRITABLE -> "could not be written";
      case TOO_DEEP -> "is too many folders deep";
      case TOO_MANY_RULES -> "has too many rules, so they are ignored";
      case BEING_WRITTEN -> "was being written; the next backup tries again";
      case REJECTED -> "the storage refused it";
      case NEEDS_CONSENT -> "gone from the home, kept until somebody agrees";
      case MISSING -> "is missing from the storage";
      case DIFFERENT -> "differs in the storage";
      case DAMAGED -> "was damaged in the storage";
      case EXTRA -> "is only in the storage";
    };
  }
}
