package org.homeport.bridge.remote.folder;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;

/**
 * Makes files durable: all that were written to one file system by a single call where the file
 * system can do that, otherwise each by itself.
 */
final class DiskSync {
  /** FUSE, for one, does not pass the call on to its program. */
  private static final Set<String> SYNC_AT_ONCE =
      Set.of("ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "f2fs", "bcachefs", "tmpfs", "overlay");

  private static final int O_CLOEXEC = 02000000;

  private final Path folder;
  private Optional<Boolean> atOnce = Optional.empty();

  /** The calls of the C library. */
  private static final class LibC {
    static {
      Native.register(LibC.class, Platform.C_LIBRARY_NAME);
    }

    static native int open(String path, int flags) throws LastErrorException;

    static native int syncfs(int fd) throws LastErrorException;

    static native int close(int fd);
  }

  /**
   * @param folder that all the files lie in; need not exist yet
   */
  DiskSync(Path folder) {
    this.folder = folder;
  }

  /** Syncs each file by itself: for few files on a disk that others write to as well. */
  static DiskSync ofEach(Path folder) {
    var sync = new DiskSync(folder);
    sync.atOnce = Optional.of(false);
    return sync;
  }

  /** Says that a file was written. */
  void written(Path file) throws IOException {
    if (!isAtOnce()) {
      try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
    }
  }

  /** Returns once all files that were written, and their names, are durable. */
  void all() throws IOException {
    if (isAtOnce()) {
      syncFileSystem();
    } else {
      FolderFiles.sync(folder);
    }
  }

  private synchronized boolean isAtOnce() throws IOException {
    if (atOnce.isEmpty()) {
      atOnce = Optional.of(SYNC_AT_ONCE.contains(Files.getFileStore(folder).type()));
    }
    return atOnce.get();
  }

  /** Reports what could not be written since the last time, too. */
  private void syncFileSystem() throws IOException {
    try {
      var fd = LibC.open(folder.toString(), O_CLOEXEC);
      try {
        LibC.syncfs(fd);
      } finally {
        LibC.close(fd);
      }
    } catch (LastErrorException e) {
      throw new IOException(folder + ": " + e.getMessage(), e);
    }
  }
}
