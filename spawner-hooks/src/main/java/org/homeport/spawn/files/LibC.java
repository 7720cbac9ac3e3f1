package org.homeport.spawn.files;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.nio.ByteBuffer;

/**
 * The C library's calls on files relative to an open directory, and the numbers they take.
 *
 * <p>Names are bytes that end in NUL. All return -1 for an error, then {@link Native#getLastError}.
 */
final class LibC {
  static final int AT_FDCWD = -100;
  static final int AT_SYMLINK_NOFOLLOW = 0x100;
  static final int AT_REMOVEDIR = 0x200;
  static final int AT_EMPTY_PATH = 0x1000;

  static final int O_RDONLY = 0;
  static final int O_WRONLY = 1;
  static final int O_CREAT = 0100;
  static final int O_EXCL = 0200;
  static final int O_NOCTTY = 0400;
  static final int O_NONBLOCK = 04000;
  static final int O_DIRECTORY = Platform.isARM() ? 040000 : 0200000;
  static final int O_NOFOLLOW = Platform.isARM() ? 0100000 : 0400000;
  static final int O_CLOEXEC = 02000000;
  static final int O_PATH = 010000000;

  static final int SEEK_CUR = 1;
  static final int RENAME_NOREPLACE = 1;
  static final int STATX_BASIC_STATS = 0x7ff;

  static final int EPERM = 1;
  static final int ENOENT = 2;
  static final int EACCES = 13;
  static final int EEXIST = 17;
  static final int ENOTDIR = 20;
  static final int EINVAL = 22;
  static final int ENOSPC = 28;
  static final int ENAMETOOLONG = 36;
  static final int ENOTEMPTY = 39;
  static final int EDQUOT = 122;

  static {
    Native.register(LibC.class, Platform.C_LIBRARY_NAME);
  }

  private LibC() {}

  static native int openat(int dir, byte[] name, int flags, int mode);

  static native int close(int fd);

  static native long read(int fd, ByteBuffer into, long size);

  static native long pread(int fd, ByteBuffer into, long size, long position);

  static native long write(int fd, ByteBuffer from, long size);

  static native long lseek(int fd, long offset, int from);

  static native long getdents64(int fd, ByteBuffer into, long size);

  static native int statx(int dir, byte[] name, int flags, int mask, byte[] into);

  static native int fsync(int fd);

  static native int mkdirat(int dir, byte[] name, int mode);

  static native int symlinkat(byte[] target, int dir, byte[] name);

  static native long readlinkat(int dir, byte[] name, byte[] into, long size);

  static native int renameat2(int fromDir, byte[] from, int toDir, byte[] to, int flags);

  static native int unlinkat(int dir, byte[] name, int flags);

  static native int fchmod(int fd, int mode);

  static native int fchmodat(int dir, byte[] name, int mode, int flags);

  static native int fchownat(int dir, byte[] name, int uid, int gid, int flags);

  /** Times are two pairs of seconds and nanoseconds: of the last access, of the last change. */
  static native int utimensat(int dir, byte[] name, long[] times, int flags);

  static native int futimens(int fd, long[] times);

  static native String strerror(int error);
}
