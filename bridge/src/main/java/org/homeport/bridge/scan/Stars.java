package org.homeport.bridge.scan;

import java.util.function.IntPredicate;

/**
 * Matches a sequence with a pattern in which some parts, the stars, stand for any number of items
 * and all others for one.
 */
final class Stars {
  private Stars() {}

  /** Whether a part of the pattern matches an item. */
  @FunctionalInterface
  interface PartTest {
    boolean matches(int part, int item);
  }

  /**
   * Whether the pattern matches the whole sequence. Only the last star passed takes one more item
   * when what follows does not fit, so this ends after at most {@code parts * items} tests.
   */
  static boolean match(int parts, int items, IntPredicate isStar, PartTest test) {
    var part = 0;
    var item = 0;
    var star = -1;
    var afterStar = 0;
    while (item < items) {
      if (part < parts && isStar.test(part)) {
        star = part++;
        afterStar = item;
      } else if (part < parts && test.matches(part, item)) {
        part++;
        item++;
      } else if (star >= 0) {
        part = star + 1;
        item = ++afterStar;
      } else {
        return false;
      }
    }
    while (part < parts && isStar.test(part)) {
      part++;
    }
    return part == parts;
  }
}
