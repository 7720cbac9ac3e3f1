package org.homeport.bridge.engine.docker;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A range of IPv4 addresses.
 *
 * @param base its first address, as a number
 * @param bits how many bits of an address the range has in common
 */
record Subnet(long base, int bits) {
  private static final Pattern WRITTEN = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3}){3})/(\\d{1,2})");
  private static final int BYTE = 256;
  private static final int FEWEST_BITS = 8;
  private static final int MOST_BITS = 29;

  /**
   * Reads a subnet in CIDR notation.
   *
   * @throws IllegalArgumentException when it is not one that servers fit on
   */
  static Subnet of(String text) {
    var parts = WRITTEN.matcher(text);
    if (parts.matches()) {
      var bits = Integer.parseInt(parts.group(2));
      var base = number(parts.group(1));
      if (bits >= FEWEST_BITS && bits <= MOST_BITS && base >= 0 && base % (1L << 32 - bits) == 0) {
        return new Subnet(base, bits);
      }
    }
    throw new IllegalArgumentException(
        "expected a range of addresses such as 172.30.0.0/16, of %d to %d bits"
            .formatted(FEWEST_BITS, MOST_BITS));
  }

  /** The address that Docker gives to the host where nobody chose another. */
  String gateway() {
    return address(base + 1);
  }

  @Override
  public String toString() {
    return address(base) + "/" + bits;
  }

  private static long number(String address) {
    var number = 0L;
    for (var part : address.split("\\.")) {
      var value = Integer.parseInt(part);
      if (value >= BYTE) {
        return -1;
      }
      number = number * BYTE + value;
    }
    return number;
  }

  private static String address(long number) {
    List<String> parts = new ArrayList<>();
    for (var rest = number + (1L << 32); rest > 1; rest /= BYTE) {
      parts.add(0, String.valueOf(rest % BYTE));
    }
    return String.join(".", parts);
  }
}
