package org.homeport.spawn.identity;

import java.nio.file.Path;
import java.util.Set;

/** The folders that belong to an operating system: nobody's home, and no place for data. */
public final class SystemFolders {
  private static final Set<String> NAMES =
      Set.of(
          "bin",
          "boot",
          "dev",
          "etc",
          "lib",
          "lib32",
          "lib64",
          "libx32",
          "nonexistent",
          "proc",
          "root",
          "run",
          "sbin",
          "sys");

  private SystemFolders() {}

  /**
   * Tells whether an absolute, normalized path is the root, one of these, or anything inside of
   * one.
   */
  public static boolean contain(Path path) {
    return path.getNameCount() == 0 || NAMES.contains(path.getName(0).toString());
  }
}
