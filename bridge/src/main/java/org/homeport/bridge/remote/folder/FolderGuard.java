package org.homeport.bridge.remote.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.homeport.bridge.remote.RemoteRejected;

/**
 * Refuses a backup folder that others could change: restores would bring their files into homes.
 */
final class FolderGuard {
  private static final int ROOT = 0;
  private static final int WRITABLE_BY_OTHERS = 0022;
  private static final int STICKY = 01000;

  private FolderGuard() {}

  /**
   * Looks at the folder and at all above it; one that does not exist yet is fine.
   *
   * @throws RemoteRejected when somebody else owns one of them or can write to it
   */
  static void check(Path folder) throws IOException {
    try {
      var real = folder.toRealPath();
      checkOne(real, WRITABLE_BY_OTHERS);
      for (var above = real.getParent(); above != null; above = above.getParent()) {
        // In a sticky folder such as /tmp nobody can rename or replace what belongs to others.
        checkOne(above, (mode(above) & STICKY) != 0 ? 0 : WRITABLE_BY_OTHERS);
      }
    } catch (NoSuchFileException e) {
      // The first backup makes it, for its owner only.
    }
  }

  private static void checkOne(Path folder, int forbidden) throws IOException {
    var owner = (int) Files.getAttribute(folder, "unix:uid");
    if (owner != ROOT && owner != ownUid()) {
      throw new RemoteRejected(
          "The backup folder is not safe: %s belongs to uid %d. Run: chown root %s"
              .formatted(folder, owner, folder));
    }
    if ((mode(folder) & forbidden) != 0) {
      throw new RemoteRejected(
          ("The backup folder is not safe: others can write to %s. Run: chmod go-w %s (or mount a"
                  + " disk without permissions with umask=077)")
              .formatted(folder, folder));
    }
  }

  private static int ownUid() throws IOException {
    return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
  }

  private static int mode(Path folder) throws IOException {
    return (int) Files.getAttribute(folder, "unix:mode");
  }
}
