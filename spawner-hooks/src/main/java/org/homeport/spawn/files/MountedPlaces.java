package org.homeport.spawn.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Finds the mount that a path leads to, touching no mount but the root of the host. */
final class MountedPlaces {
  private static final Path TABLE = Path.of("/proc/self/mountinfo");
  private static final Path ROOT = Path.of("/");
  private static final int MOUNT_POINT = 4;
  private static final int MOST_LINKS = 40;

  private MountedPlaces() {}

  /** The mount, or the path itself where only the root leads. */
  static Path of(Path path) throws IOException {
    var mounts = mounts();
    var at = path.toAbsolutePath().normalize();
    for (var links = 0; links < MOST_LINKS; links++) {
      var next = step(at, mounts);
      if (next.equals(at)) {
        return mountOf(at, mounts).equals(ROOT) ? at : mountOf(at, mounts);
      }
      at = next;
    }
    return at;
  }

  /** Follows the first link on the way that the root has; the path itself if there is none. */
  private static Path step(Path path, List<Path> mounts) throws IOException {
    var on = ROOT;
    for (var name : path) {
      on = on.resolve(name);
      if (!mountOf(on, mounts).equals(ROOT)) {
        return path;
      }
      if (Files.isSymbolicLink(on)) {
        var target = on.resolveSibling(Files.readSymbolicLink(on));
        return target.resolve(on.relativize(path)).normalize();
      }
    }
    return path;
  }

  private static Path mountOf(Path path, List<Path> mounts) {
    var longest = ROOT;
    for (var mount : mounts) {
      if (path.startsWith(mount) && mount.getNameCount() > longest.getNameCount()) {
        longest = mount;
      }
    }
    return longest;
  }

  private static List<Path> mounts() throws IOException {
    try (var lines = Files.newBufferedReader(TABLE, StandardCharsets.ISO_8859_1)) {
      return lines
          .lines()
          .map(line -> line.split(" ", MOUNT_POINT + 2)[MOUNT_POINT])
          .filter(point -> point.indexOf('\\') < 0 && point.chars().allMatch(c -> c < 0x80))
          .map(Path::of)
          .toList();
    }
  }
}
