package org.homeport.spawn.files;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A file system gives no answer, as when a server or a program that serves it is gone. */
public final class SilentFileSystemException extends FileSystemException {
  private static final long serialVersionUID = 1L;

  SilentFileSystemException(Path place) {
    super(place.toString(), null, "its file system does not answer");
  }
}
