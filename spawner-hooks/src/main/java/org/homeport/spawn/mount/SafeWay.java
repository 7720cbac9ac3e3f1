package org.homeport.spawn.mount;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Looks whether users could put something else, such as a link, in the place of a folder: by
 * writing in a folder above it.
 */
final class SafeWay {
  private static final int FIRST_PERSON = 1000;
  private static final int NOBODY = 65534;
  private static final int GROUP_WRITES = 0020;
  private static final int OTHERS_WRITE = 0002;
  private static final int STICKY = 01000;
  private static final int MOST_LINKS = 40;

  private SafeWay() {}

  /**
   * The first folder above the path, and above every link on the way, in which a user may write;
   * empty if there is none.
   */
  static Optional<Path> writableAbove(Path path) throws IOException {
    return writableAbove(path.normalize(), MOST_LINKS);
  }

  private static Optional<Path> writableAbove(Path path, int links) throws IOException {
    var above = Path.of("/");
    for (var name : path) {
      var next = above.resolve(name);
      if (isWritable(above, next)) {
        return Optional.of(above);
      }
      if (Files.isSymbolicLink(next) && links > 0) {
        var target = above.resolve(Files.readSymbolicLink(next));
        return writableAbove(target.resolve(next.relativize(path)).normalize(), links - 1);
      }
      above = next;
    }
    return Optional.empty();
  }

  /** In a sticky folder such as /tmp users can replace only what is their own. */
  private static boolean isWritable(Path folder, Path next) throws IOException {
    var found = attributes(folder);
    var mode = (int) found.get("mode");
    var areWriters =
        (mode & OTHERS_WRITE) != 0 || (mode & GROUP_WRITES) != 0 && isPerson(found, "gid");
    return isPerson(found, "uid")
        || areWriters && ((mode & STICKY) == 0 || isPerson(attributes(next), "uid"));
  }

  private static Map<String, Object> attributes(Path path) throws IOException {
    return Files.readAttributes(path, "unix:mode,uid,gid", LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean isPerson(Map<String, Object> found, String id) {
    var number = Integer.toUnsignedLong((int) found.get(id));
    return number >= FIRST_PERSON && number != NOBODY;
  }
}
