package org.homeport.spawn.files;

import com.sun.jna.Native;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Turns the C library's errors into the exceptions that Java has for them. */
final class Errno {
  private Errno() {}

  /** The result of a call, or the exception that its error means. */
  static long check(long result, String file) throws FileSystemException {
    if (result < 0) {
      throw exception(last(), file);
    }
    return result;
  }

  static int check(int result, String file) throws FileSystemException {
    return (int) check((long) result, file);
  }

  /** The error of the last call of this thread. */
  static int last() {
    return Native.getLastError();
  }

  static FileSystemException exception(int error, String file) {
    return switch (error) {
      case LibC.ENOENT -> new NoSuchFileException(file);
      case LibC.EEXIST -> new FileAlreadyExistsException(file);
      case LibC.ENOTDIR -> new NotDirectoryException(file);
      case LibC.ENOTEMPTY -> new DirectoryNotEmptyException(file);
      case LibC.EACCES, LibC.EPERM -> new AccessDeniedException(file, null, LibC.strerror(error));
      case LibC.ENAMETOOLONG -> new NameTooLongException(file, LibC.strerror(error));
      case LibC.ENOSPC, LibC.EDQUOT -> new NoSpaceException(file, LibC.strerror(error));
      default -> new FileSystemException(file, null, LibC.strerror(error));
    };
  }
}
