package org.homeport.bridge.scan;

import java.util.Objects;
import java.util.Optional;
import org.homeport.bridge.tree.Paths;
import org.homeport.spawn.files.Attributes;

/**
 * A file, folder or link as the scan found it in a home.
 *
 * @param name as RawText, as all paths here
 * @param target where a link points, as RawText
 */
public record ScannedEntry(
    String folder, String name, Attributes attributes, Optional<String> target) {
  public ScannedEntry {
    Objects.requireNonNull(folder);
    Objects.requireNonNull(name);
    Objects.requireNonNull(attributes);
    Objects.requireNonNull(target);
  }

  public String path() {
    return Paths.join(folder, name);
  }
}
