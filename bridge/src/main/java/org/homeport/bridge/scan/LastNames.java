package org.homeport.bridge.scan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.homeport.bridge.index.Paths;

/**
 * What the names of all that some rules speak of look like: a quick answer for nearly every file of
 * a big home, before the rules themselves are asked.
 */
final class LastNames {
  private final Set<String> whole = new HashSet<>();
  private final List<String> beginnings = new ArrayList<>();
  private final List<String> ends = new ArrayList<>();
  private boolean any;

  private LastNames() {}

  /**
   * @param rules in git's syntax
   */
  static LastNames of(String rules) {
    var names = new LastNames();
    rules.lines().filter(rule -> !rule.isBlank() && !rule.startsWith("#")).forEach(names::add);
    return names;
  }

  /** Whether a rule may speak of something of this name; false is certain. */
  boolean mayMatch(String name) {
    return any
        || whole.contains(name)
        || beginnings.stream().anyMatch(name::startsWith)
        || ends.stream().anyMatch(name::endsWith);
  }

  private void add(String rule) {
    var path = rule.startsWith("!") ? rule.substring(1) : rule;
    var name = Paths.name(path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
    var inner = name.replaceFirst("^\\*", "").replaceFirst("\\*$", "");
    if (inner.isEmpty() || !inner.matches("[^*?\\[\\]\\\\\\s]+")) {
      any = true; // anything that takes a thought
    } else if (inner.equals(name)) {
      whole.add(name);
    } else if (name.startsWith("*") && name.endsWith("*")) {
      any = true;
    } else if (name.startsWith("*")) {
      ends.add(inner);
    } else {
      beginnings.add(inner);
    }
  }
}
