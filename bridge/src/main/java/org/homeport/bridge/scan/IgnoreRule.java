package org.homeport.bridge.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One line of an ignore file, in git's syntax.
 *
 * @param leavesOut or brings back, with a {@code !} in front
 * @param foldersOnly with a slash at the end
 * @param names the folders on the way and the name; {@link #FOLDERS} stands for any number of
 *     folders
 */
record IgnoreRule(boolean leavesOut, boolean foldersOnly, List<Glob> names) {
  /** Longer than any path that somebody writes by hand. */
  static final int LONGEST = 1024;

  private static final Glob FOLDERS = Glob.of("**");

  IgnoreRule {
    names = List.copyOf(names);
  }

  /** Reads a line; empty for one that says nothing. */
  static Optional<IgnoreRule> of(String line) {
    var text = withoutSpacesAtTheEnd(line);
    var bringsBack = text.startsWith("!");
    if (bringsBack) {
      text = text.substring(1);
    }
    var foldersOnly = text.endsWith("/");
    if (foldersOnly) {
      text = text.substring(0, text.length() - 1);
    }
    if (text.isEmpty() || line.startsWith("#") || text.length() > LONGEST) {
      return Optional.empty();
    }
    return Optional.of(new IgnoreRule(!bringsBack, foldersOnly, names(text)));
  }

  private static String withoutSpacesAtTheEnd(String line) {
    var end = line.length();
    while (end > 0 && line.charAt(end - 1) == ' ' && !(end > 1 && line.charAt(end - 2) == '\\')) {
      end--;
    }
    return line.substring(0, end);
  }

  /** Without a slash inside it a rule speaks of a name at any depth. */
  private static List<Glob> names(String text) {
    if (text.indexOf('/') < 0) {
      return List.of(FOLDERS, Glob.of(text));
    }
    var names = new ArrayList<Glob>();
    for (var name : (text.startsWith("/") ? text.substring(1) : text).split("/", -1)) {
      names.add(name.equals("**") ? FOLDERS : Glob.of(name));
    }
    if (names.get(names.size() - 1) == FOLDERS) {
      names.add(Glob.ANY); // what is in the folder, and not the folder
    }
    return names;
  }

  /**
   * Whether the rule speaks of something.
   *
   * @param path below the folder of the rule's file
   * @param name the path's last
   */
  boolean speaksOf(String path, String name, boolean isFolder) {
    if ((foldersOnly && !isFolder) || !names.get(names.size() - 1).matches(name)) {
      return false;
    }
    if (names.size() == 2 && names.get(0) == FOLDERS) {
      return true;
    }
    var way = path.split("/");
    return Stars.match(
        names.size(),
        way.length,
        part -> names.get(part) == FOLDERS,
        (part, at) -> names.get(part).matches(way[at]));
  }
}
