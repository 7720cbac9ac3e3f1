package org.homeport.bridge.scan;

import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * A group such as {@code [a-z]}, {@code [!0-9]} or {@code [[:alpha:]_]} in a pattern.
 *
 * @param end where the pattern goes on
 */
record CharacterGroup(IntPredicate characters, int end) {
  private static final Map<String, IntPredicate> CLASSES =
      Map.ofEntries(
          Map.entry("alnum", Character::isLetterOrDigit),
          Map.entry("alpha", Character::isLetter),
          Map.entry("blank", c -> c == ' ' || c == '\t'),
          Map.entry("cntrl", Character::isISOControl),
          Map.entry("digit", c -> c >= '0' && c <= '9'),
          Map.entry("graph", c -> c > ' ' && !Character.isISOControl(c)),
          Map.entry("lower", Character::isLowerCase),
          Map.entry("print", c -> c >= ' ' && !Character.isISOControl(c)),
          Map.entry("punct", c -> c > ' ' && c < 127 && !Character.isLetterOrDigit(c)),
          Map.entry("space", Character::isWhitespace),
          Map.entry("upper", Character::isUpperCase),
          Map.entry("xdigit", c -> c < 128 && Character.digit(c, 16) >= 0));

  /** Reads the group that opens at a place; empty when it is never closed. */
  static Optional<CharacterGroup> at(int[] pattern, int opening) {
    var at = opening + 1;
    var negated = at < pattern.length && (pattern[at] == '!' || pattern[at] == '^');
    if (negated) {
      at++;
    }
    IntPredicate any = c -> false;
    for (var first = at; at < pattern.length; ) {
      if (pattern[at] == ']' && at > first) {
        return Optional.of(new CharacterGroup(negated ? any.negate() : any, at + 1));
      }
      var member = member(pattern, at);
      any = any.or(member.characters);
      at = member.end;
    }
    return Optional.empty();
  }

  /** One character, a range, or a class. */
  private static CharacterGroup member(int[] pattern, int at) {
    var named = classAt(pattern, at);
    if (named.isPresent()) {
      return named.get();
    }
    var low = plain(pattern, at);
    var from = pattern[low];
    var isRange = low + 2 < pattern.length && pattern[low + 1] == '-' && pattern[low + 2] != ']';
    if (!isRange) {
      return new CharacterGroup(c -> c == from, low + 1);
    }
    var high = plain(pattern, low + 2);
    var to = pattern[high];
    return new CharacterGroup(c -> from <= c && c <= to, high + 1);
  }

  /** Where the character at a place stands: after a backslash, if there is one. */
  private static int plain(int[] pattern, int at) {
    return pattern[at] == '\\' && at + 1 < pattern.length ? at + 1 : at;
  }

  private static Optional<CharacterGroup> classAt(int[] pattern, int at) {
    if (pattern[at] != '[' || at + 1 >= pattern.length || pattern[at + 1] != ':') {
      return Optional.empty();
    }
    var rest = new String(pattern, at + 2, pattern.length - at - 2);
    var end = rest.indexOf(":]");
    return Optional.ofNullable(end < 0 ? null : CLASSES.get(rest.substring(0, end)))
        .map(characters -> new CharacterGroup(characters, at + 2 + end + 2));
  }
}
