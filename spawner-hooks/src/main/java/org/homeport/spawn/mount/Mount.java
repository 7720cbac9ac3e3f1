package org.homeport.spawn.mount;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Something that a container sees at a path.
 *
 * @param target absolute, normalized path in the container
 * @param readOnly true also makes everything mounted below the source read-only
 */
public record Mount(MountSource source, Path target, boolean readOnly) {
  public Mount {
    Objects.requireNonNull(source);
    requirePlain(target);
  }

  /** A folder of the host in a container. */
  public Mount(Path source, Path target, boolean readOnly) {
    this(new MountSource.HostFolder(source), target, readOnly);
  }

  static void requirePlain(Path path) {
    if (!path.isAbsolute() || !path.equals(path.normalize())) {
      throw new IllegalArgumentException(
          "A mount has absolute paths without '..', not '" + path + "'.");
    }
  }
}
