package org.homeport.spawn.files;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The attributes of a file, which the kernel tells without opening it. If two are equal, nobody
 * changed the file in between.
 *
 * @param mode the permission bits, with setuid, setgid and sticky
 * @param size bytes
 * @param mtime nanoseconds since 1970, of the last change of the content
 * @param ctime nanoseconds since 1970, of the last change of anything
 * @param device the number of the file system that the file is in
 */
public record Attributes(
    Kind kind,
    int mode,
    long uid,
    long gid,
    long size,
    long mtime,
    long ctime,
    long inode,
    long device) {

  /** The kind of a file. */
  public enum Kind {
    FILE,
    FOLDER,
    LINK,
    /** A fifo, a socket, a device: never opened. */
    OTHER
  }

  static final int STATX_SIZE = 256;

  /** Reads a {@code struct statx}, which is the same on all machines. */
  static Attributes ofStatx(byte[] statx) {
    var in = ByteBuffer.wrap(statx).order(ByteOrder.nativeOrder());
    var mode = in.getShort(28);
    return new Attributes(
        kind(mode),
        mode & 07777,
        Integer.toUnsignedLong(in.getInt(20)),
        Integer.toUnsignedLong(in.getInt(24)),
        in.getLong(40),
        nanos(in, 112),
        nanos(in, 96),
        in.getLong(32),
        (long) in.getInt(136) << 32 | in.getInt(140) & 0xffff_ffffL);
  }

  private static Kind kind(int mode) {
    return switch (mode & 0170000) {
      case 0100000 -> Kind.FILE;
      case 0040000 -> Kind.FOLDER;
      case 0120000 -> Kind.LINK;
      default -> Kind.OTHER;
    };
  }

  private static long nanos(ByteBuffer in, int at) {
    return in.getLong(at) * 1_000_000_000 + in.getInt(at + 8);
  }
}
