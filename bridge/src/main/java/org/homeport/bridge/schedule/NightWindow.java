package org.homeport.bridge.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import java.util.regex.Pattern;
import org.homeport.spawn.identity.HubUser;

/**
 * The hours in which all homes are backed up, each at a time of its own: the same one every night,
 * spread over the window, so that neither the disk nor the remote meets everybody at once.
 *
 * @param zone the time zone of the hours
 */
public record NightWindow(LocalTime from, LocalTime to, ZoneId zone) {
  private static final Pattern TEXT = Pattern.compile("(\\d\\d:\\d\\d)-(\\d\\d:\\d\\d)");

  public NightWindow {
    Objects.requireNonNull(from);
    Objects.requireNonNull(zone);
    if (from.equals(to)) {
      throw new IllegalArgumentException("expected two different times");
    }
  }

  /** Reads {@code 02:00-05:00}, by the clock of this machine. */
  public static NightWindow of(String text) {
    var match = TEXT.matcher(text);
    try {
      if (match.matches()) {
        return new NightWindow(
            LocalTime.parse(match.group(1)),
            LocalTime.parse(match.group(2)),
            ZoneId.systemDefault());
      }
    } catch (DateTimeParseException e) {
      // Falls through: what is expected is the same.
    }
    throw new IllegalArgumentException("expected two times such as 02:00-05:00");
  }

  /**
   * The user's time in the window that the moment lies in, though it may be past by then, or else
   * in the one that begins next.
   */
  public Instant timeOf(HubUser user, Instant now) {
    var share = (double) Math.floorMod(user.name().hashCode() * 0x9E3779B97F4A7C15L, 1L << 32);
    var into = Duration.ofMillis(Math.round(length().toMillis() * (share / (1L << 32))));
    var day = now.atZone(zone).toLocalDate().minusDays(1);
    while (true) {
      var start = day.atTime(from).atZone(zone).toInstant();
      if (start.plus(length()).isAfter(now)) {
        return start.plus(into);
      }
      day = day.plusDays(1);
    }
  }

  /** The user's time that comes next. */
  public Instant next(HubUser user, Instant now) {
    var time = timeOf(user, now);
    return time.isAfter(now) ? time : timeOf(user, now.plus(length()));
  }

  private Duration length() {
    var length = Duration.between(from, to);
    return length.isNegative() ? length.plusDays(1) : length;
  }
}
