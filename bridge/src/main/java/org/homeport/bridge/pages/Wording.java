package org.homeport.bridge.pages;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.homeport.bridge.run.Skipped;

/** How things are called in front of people. */
final class Wording {
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Wording() {}

  /**
   * A moment; the browser shows it by its own clock.
   *
   * @param iso for programs
   * @param text for who has no script
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

  /** Why something is not in a backup, or not as it should be. */
  static String reason(Skipped.Reason reason) {
    return switch (reason) {
      case IGNORED -> "left out by a rule";
      case NOT_CHOSEN -> "not in a folder that is saved here";
      case ENVIRONMENT -> "an installed environment, which can be made again";
      case CACHE -> "a cache, which fills itself again";
      case SPECIAL -> "no file, but a pipe, a socket or a device";
      case OTHER_FILE_SYSTEM -> "another disk or a mount, which is not saved with the home";
      case UNREADABLE -> "could not be read";
      case UNWRITABLE -> "could not be written";
      case TOO_DEEP -> "lies in too many folders";
      case TOO_MANY_RULES -> "has too many rules, which are not followed";
      case BEING_WRITTEN -> "was being written; the next save tries again";
      case REJECTED -> "the storage did not take it";
      case NEEDS_CONSENT -> "gone from the home, kept until somebody agrees";
      case MISSING -> "is missing in the storage";
      case DIFFERENT -> "is not the same in the storage";
      case DAMAGED -> "did not come back as it was saved";
      case EXTRA -> "is in the storage only";
    };
  }
}
