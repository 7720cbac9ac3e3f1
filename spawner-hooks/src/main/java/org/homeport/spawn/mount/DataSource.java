package org.homeport.spawn.mount;

import java.nio.file.Path;

/**
 * A folder of the host that every server sees, read-only.
 *
 * @param source absolute path on the host
 * @param target absolute path in the container
 * @param optional true lets servers start, with a warning, while the source is missing
 */
public record DataSource(Path source, Path target, boolean optional) {
  public DataSource {
    if (!source.isAbsolute() || source.getNameCount() == 0) {
      throw new IllegalArgumentException("A data source is an absolute path: " + source);
    }
    if (!target.isAbsolute() || !target.equals(target.normalize())) {
      throw new IllegalArgumentException("A data target is an absolute, plain path: " + target);
    }
  }
}
