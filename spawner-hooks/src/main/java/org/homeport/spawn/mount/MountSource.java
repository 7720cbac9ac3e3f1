package org.homeport.spawn.mount;

import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.file.Path;
import org.homeport.spawn.files.RawPath;

/** The thing that a mount shows in a container. Engines say which kinds they can mount. */
public sealed interface MountSource {

  /**
   * A folder or a file of the host.
   *
   * @param path absolute, normalized; it exists
   */
  record HostFolder(@JsonValue Path path) implements MountSource {
    public HostFolder {
      Mount.requirePlain(path);
    }
  }

  /**
   * A volume that the engine keeps, or a folder in it.
   *
   * @param volume the name by which the engine knows it
   * @param subPath the folder; {@link RawPath#TOP} for the whole volume
   */
  record Volume(String volume, RawPath subPath) implements MountSource {
    public Volume {
      if (volume.isBlank() || volume.indexOf('/') >= 0) {
        throw new IllegalArgumentException("Not the name of a volume: '" + volume + "'");
      }
    }
  }

  /** A file with this content, which the engine keeps for as long as the container. */
  record Text(String text) implements MountSource {}
}
