package org.homeport.bridge.log;

import static org.homeport.bridge.settings.Readers.number;

import java.nio.file.Path;
import org.homeport.bridge.settings.Readers;
import org.homeport.bridge.settings.Section;

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

  /**
   * Reads the section {@code audit}.
   *
   * @param state the folder in which the file is by default
   */
  public static AuditSettings read(Section section, Path state) {
    return new AuditSettings(
        section.value("file", Readers::path, state.resolve("audit.log")),
        section.value("size", Readers::size, DEFAULT_SIZE),
        section.value("keep", number(1, 10_000), DEFAULT_KEEP));
  }
}
