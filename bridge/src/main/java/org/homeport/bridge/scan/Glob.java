package org.homeport.bridge.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * A pattern for one name, as git's ignore files have it: {@code *}, {@code ?}, {@code [a-z]}, and a
 * backslash before a character that stands for itself.
 *
 * <p>Takes at most the length of the pattern times the length of the name, since only the last star
 * ever takes back what it matched: no pattern can hold a scan.
 */
final class Glob {
  private static final IntPredicate STAR = c -> true;
  private static final IntPredicate NOTHING = c -> false;

  /** Any name at all. */
  static final Glob ANY = of("*");

  /** Of a pattern without wildcards, which nearly all are, the name itself. */
  private final String literal;

  private final List<IntPredicate> parts;

  private Glob(String literal, List<IntPredicate> parts) {
    this.literal = literal;
    this.parts = parts;
  }

  static Glob of(String pattern) {
    if (pattern.chars().noneMatch(c -> "*?[\\".indexOf(c) >= 0)) {
      return new Glob(pattern, List.of());
    }
    var codes = pattern.codePoints().toArray();
    var parts = new ArrayList<IntPredicate>();
    for (var at = 0; at < codes.length; ) {
      if (codes[at] == '[') {
        var group = CharacterGroup.at(codes, at);
        if (group.isEmpty()) {
          return new Glob("", List.of(NOTHING)); // as git does, for a bracket that is never closed
        }
        parts.add(group.get().characters());
        at = group.get().end();
      } else if (codes[at] == '\\' && at + 1 < codes.length) {
        parts.add(exactly(codes[at + 1]));
        at += 2;
      } else {
        parts.add(part(codes[at]));
        at++;
      }
    }
    return new Glob("", parts);
  }

  private static IntPredicate part(int code) {
    return switch (code) {
      case '*' -> STAR;
      case '?' -> c -> true;
      case '\\' -> NOTHING; // nothing is left that it could stand before
      default -> exactly(code);
    };
  }

  private static IntPredicate exactly(int code) {
    return c -> c == code;
  }

  boolean matches(String name) {
    if (parts.isEmpty()) {
      return name.equals(literal);
    }
    if (!parts.get(0).test(name.codePointAt(0))) {
      return false; // as nearly all names, without taking them apart
    }
    var codes = name.codePoints().toArray();
    return Stars.match(
        parts.size(),
        codes.length,
        part -> parts.get(part) == STAR,
        (part, at) -> parts.get(part).test(codes[at]));
  }
}
