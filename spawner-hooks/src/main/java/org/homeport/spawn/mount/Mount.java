package org.homeport.spawn.mount;

import java.nio.file.Path;

/**
 * One folder of the host in a container.
 *
 * @param source absolute path on the host; it exists
 * @param target absolute path in the container
 * @param readOnly true also makes everything mounted below the source read-only
 */
public record Mount(Path source, Path target, boolean readOnly) {
  public Mount {
    if (!source.isAbsolute() || !target.isAbsolute() || !target.equals(target.normalize())) {
      throw new IllegalArgumentException("A mount has absolute paths: " + source + ", " + target);
    }
  }
}
