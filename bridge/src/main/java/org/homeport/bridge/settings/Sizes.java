package org.homeport.bridge.settings;

import java.util.Locale;

/** Writes sizes the one way that people see everywhere: in powers of 1024, as the settings do. */
public final class Sizes {
  private static final String UNITS = "KMGTPE";

  private Sizes() {}

  /** Writes a number of bytes, such as {@code 1.5 GiB} or {@code 2 GiB}. */
  public static String text(long bytes) {
    var value = (double) bytes;
    var unit = 0;
    while (value >= 1023.95 && unit < UNITS.length()) {
      value /= 1024;
      unit++;
    }
    if (unit == 0) {
      return bytes == 1 ? "1 byte" : bytes + " bytes";
    }
    var pattern = value >= 99.95 ? "%.0f %ciB" : "%.1f %ciB";
    var text = String.format(Locale.ROOT, pattern, value, UNITS.charAt(unit - 1));
    return text.replace(".0 ", " ");
  }
}
