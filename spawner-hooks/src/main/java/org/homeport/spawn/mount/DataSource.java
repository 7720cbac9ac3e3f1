package org.homeport.spawn.mount;

import java.nio.file.Path;
import java.util.Set;
import org.homeport.spawn.identity.SystemFolders;

/**
 * A folder of the host that every server sees, read-only: an entry of the section {@code data} of
 * the settings.
 *
 * @param source absolute path on the host
 * @param target absolute path in the container, outside of the folders that a system needs
 * @param optional true lets servers start, with a warning, while the source is missing
 */
public record DataSource(Path source, Path target, boolean optional) {
  /** Folders that images need; inside of them there is room. */
  private static final Set<Path> NEEDED =
      Set.of(Path.of("/home"), Path.of("/opt"), Path.of("/tmp"), Path.of("/var"));

  public DataSource {
    if (!source.isAbsolute() || source.normalize().getNameCount() == 0) {
      throw new IllegalArgumentException(
          "The data source '" + source + "' is not a folder to share: give an absolute path.");
    }
    if (!target.isAbsolute() || !target.equals(target.normalize())) {
      throw new IllegalArgumentException(
          "The data target '" + target + "' is not an absolute path without '..'.");
    }
    if (SystemFolders.contain(target) || target.startsWith("/usr") || NEEDED.contains(target)) {
      throw new IllegalArgumentException(
          "The data target '"
              + target
              + "' would hide a folder that every image needs: choose"
              + " one such as /srv/data.");
    }
  }
}
