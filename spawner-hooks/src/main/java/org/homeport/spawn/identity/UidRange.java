package org.homeport.spawn.identity;

import java.util.regex.Pattern;

/** The uids from the first to the last, both included; written {@code 70000-99999}. */
public record UidRange(int first, int last) {
  private static final Pattern WRITTEN = Pattern.compile("(\\d{1,9})-(\\d{1,9})");

  public UidRange {
    if (first < 1000 || last < first || contains(first, last, 65534)) {
      throw new IllegalArgumentException(
          "'"
              + first
              + "-"
              + last
              + "' is not a range of uids for people: begin at 1000 or above,"
              + " end above that, and leave out 65534, which is nobody.");
    }
  }

  public static UidRange of(String written) {
    var match = WRITTEN.matcher(written);
    if (!match.matches()) {
      throw new IllegalArgumentException(
          "'" + written + "' is not a range of uids: write it as 70000-99999.");
    }
    return new UidRange(Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2)));
  }

  public boolean contains(int uid) {
    return contains(first, last, uid);
  }

  @Override
  public String toString() {
    return first + "-" + last;
  }

  private static boolean contains(int first, int last, int uid) {
    return first <= uid && uid <= last;
  }
}
