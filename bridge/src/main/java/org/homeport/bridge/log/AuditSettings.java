package org.homeport.bridge.log;

import java.nio.file.Path;

/**
 * Where it is written down who asked for what.
 *
 * @param file one line for each request
 * @param size in bytes; a file that has grown to it is put aside
 * @param keep how many files are put aside before the oldest goes
 */
public record AuditSettings(Path file, long size, int keep) {
  public static final long DEFAULT_SIZE = 10 << 20;
  public static final int DEFAULT_KEEP = 20;

  /** The file that was put aside so many files ago. */
  Path aside(int number) {
    return file.resolveSibling(file.getFileName() + "." + number);
  }
}
