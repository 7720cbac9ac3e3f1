package org.homeport.spawn.files;

import java.nio.file.FileSystemException;

/** A folder lies deeper than a walk goes. */
public final class TooDeepException extends FileSystemException {
  private static final long serialVersionUID = 1L;

  TooDeepException(String file, int deepest) {
    super(file, null, "deeper than " + deepest + " folders");
  }
}
