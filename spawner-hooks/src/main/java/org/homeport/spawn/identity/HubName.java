package org.homeport.spawn.identity;

import java.util.function.Function;
import org.homeport.spawn.refusal.SpawnRefused;

/** The rules that the hub's names of users and of servers have in common. */
final class HubName {
  private static final int MAX_LENGTH = 255;
  private static final int SHOWN = 40;

  private HubName() {}

  /**
   * Lets a name pass that a hub can have.
   *
   * @param refused makes the refusal from a sentence's end that begins with the name
   */
  static void check(String name, Function<String, SpawnRefused> refused) {
    if (name.length() > MAX_LENGTH) {
      throw refused.apply(
          "'" + name.substring(0, SHOWN) + "…' is longer than " + MAX_LENGTH + " characters");
    }
    if (name.codePoints().anyMatch(c -> c == '/' || Character.isISOControl(c) || isHalf(c))) {
      throw refused.apply("'" + name + "' has a slash, a control character, or half a character");
    }
  }

  /** Halves of a surrogate pair cannot be written as UTF-8: they would all become one. */
  private static boolean isHalf(int codePoint) {
    return Character.getType(codePoint) == Character.SURROGATE;
  }
}
