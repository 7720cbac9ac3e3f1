package org.homeport.spawn.mount;

import java.nio.file.Path;

/**
 * One folder of the host in a container.
 *
 * @param source absolute, normalized path on the host; it exists
 * @param target absolute, normalized path in the container
 * @param readOnly true also makes everything mounted below the source read-only
 */
public record Mount(Path source, Path target, boolean readOnly) {
  public Mount {
    requirePlain(source);
    requirePlain(target);
  }

  private static void requirePlain(Path path) {
    if (!path.isAbsolute() || !path.equals(path.normalize())) {
      throw new IllegalArgumentException(
          "A mount has absolute paths without '..', not '" + path + "'.");
    }
  }
}
