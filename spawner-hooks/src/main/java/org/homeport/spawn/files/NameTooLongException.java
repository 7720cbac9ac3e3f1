package org.homeport.spawn.files;

import java.nio.file.FileSystemException;

/** The file system takes no name of this length, so nothing can have it. */
public final class NameTooLongException extends FileSystemException {
  private static final long serialVersionUID = 1L;

  NameTooLongException(String file, String reason) {
    super(file, null, reason);
  }
}
