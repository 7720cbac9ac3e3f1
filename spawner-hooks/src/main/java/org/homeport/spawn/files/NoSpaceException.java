package org.homeport.spawn.files;

import java.nio.file.FileSystemException;

/** The disk, or the user's share of it, is full. */
public final class NoSpaceException extends FileSystemException {
  private static final long serialVersionUID = 1L;

  NoSpaceException(String file, String reason) {
    super(file, null, reason);
  }
}
