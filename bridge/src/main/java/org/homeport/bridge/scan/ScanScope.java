package org.homeport.bridge.scan;

import java.util.List;
import java.util.Objects;

/**
 * The part of each home that is backed up.
 *
 * @param folders outside of which nothing is saved
 * @param ignore rules of the site in git's syntax, which hold beside Homeport's own
 * @param crossFileSystems whether another file system that is mounted in a home belongs to it
 */
public record ScanScope(ChosenFolders folders, List<String> ignore, boolean crossFileSystems) {
  public static final ScanScope ALL = new ScanScope(ChosenFolders.ALL, List.of(), false);

  public ScanScope {
    Objects.requireNonNull(folders);
    ignore = List.copyOf(ignore);
  }

  public static ScanScope of(ChosenFolders folders) {
    return new ScanScope(folders, List.of(), false);
  }

  /**
   * Reads one rule.
   *
   * @throws IllegalArgumentException when it would say nothing
   */
  public static String rule(String text) {
    if (text.lines().count() != 1 || IgnoreRule.of(text).isEmpty()) {
      throw new IllegalArgumentException("expected a rule such as /lost+found/");
    }
    return text;
  }

  /** Reads {@code skip} or {@code cross}. */
  public static boolean crossing(String text) {
    return switch (text) {
      case "skip" -> false;
      case "cross" -> true;
      default -> throw new IllegalArgumentException("expected skip or cross");
    };
  }
}
