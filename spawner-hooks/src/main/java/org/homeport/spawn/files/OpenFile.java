package org.homeport.spawn.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An open regular file. */
public final class OpenFile implements Closeable {
  private final int fd;
  private final String shown;
  private boolean open = true;

  OpenFile(int fd, String shown) {
    this.fd = fd;
    this.shown = shown;
  }

  public Attributes attributes() throws IOException {
    return Directory.attributes(fd, shown);
  }

  /** Reads the next bytes, at most as many as fit; their number, or -1 at the end. */
  public int read(ByteBuffer into) throws IOException {
    var room = into.slice();
    var count = (int) Errno.check(LibC.read(fd, room, room.remaining()), shown);
    into.position(into.position() + count);
    return count == 0 && room.hasRemaining() ? -1 : count;
  }

  /** Reads from a position in the file, which many threads may do at once. */
  public int read(ByteBuffer into, long position) throws IOException {
    var room = into.slice();
    var count = (int) Errno.check(LibC.pread(fd, room, room.remaining(), position), shown);
    into.position(into.position() + count);
    return count == 0 && room.hasRemaining() ? -1 : count;
  }

  /** Writes all of it. */
  public void write(ByteBuffer from) throws IOException {
    while (from.hasRemaining()) {
      var rest = from.slice();
      var count = (int) Errno.check(LibC.write(fd, rest, rest.remaining()), shown);
      from.position(from.position() + count);
    }
  }

  /** Goes on so many bytes further on; what is left out by the next write reads as zeros. */
  public void skip(long bytes) throws IOException {
    Errno.check(LibC.lseek(fd, bytes, LibC.SEEK_CUR), shown);
  }

  /** Sets the permission bits, whatever the process's umask. */
  public void mode(int mode) throws IOException {
    Errno.check(LibC.fchmod(fd, mode), shown);
  }

  /** Sets the time of the last change, in nanoseconds since 1970. */
  public void mtime(long nanos) throws IOException {
    Errno.check(LibC.futimens(fd, Directory.times(nanos)), shown);
  }

  /** Returns when what was written would outlive a loss of power. */
  public void sync() throws IOException {
    Errno.check(LibC.fsync(fd), shown);
  }

  /**
   * @throws IOException if the file system tells only now that something was not written
   */
  @Override
  public void close() throws IOException {
    if (open) {
      open = false;
      Errno.check(LibC.close(fd), shown);
    }
  }
}
