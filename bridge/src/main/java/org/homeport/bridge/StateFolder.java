package org.homeport.bridge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The folder of what the bridge keeps: only root looks into it, and one bridge at a time uses it.
 */
final class StateFolder implements AutoCloseable {
  private final FileChannel lock;

  private StateFolder(FileChannel lock) {
    this.lock = lock;
  }

  /** Makes the folder when it is missing, closes it to others, and takes it for this process. */
  static StateFolder take(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      var channel =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      // The kernel gives a lock back when its process ends, however it ends.
      if (!isLocked(channel)) {
        channel.close();
        throw new IllegalStateException(
            "Another bridge uses " + folder + ": stop it, or set state in homeport.yaml.");
      }
      return new StateFolder(channel);
    } catch (IOException e) {
      throw new UncheckedIOException("The state folder " + folder + " cannot be used.", e);
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
