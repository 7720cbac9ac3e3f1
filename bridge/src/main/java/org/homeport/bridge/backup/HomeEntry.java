package org.homeport.bridge.backup;

import java.util.Objects;
import java.util.Optional;
import org.homeport.spawn.home.Attributes;

/**
 * A file, folder or link as the scan found it in a home.
 *
 * @param name as RawText, as all paths here
 * @param target where a link points, as RawText
 */
record HomeEntry(String folder, String name, Attributes attributes, Optional<String> target) {
  HomeEntry {
    Objects.requireNonNull(folder);
    Objects.requireNonNull(name);
    Objects.requireNonNull(attributes);
    Objects.requireNonNull(target);
  }

  String path() {
    return Paths.join(folder, name);
  }
}
