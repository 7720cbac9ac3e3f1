package org.homeport.bridge.engine.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The mount points of this host, as the kernel lists them. */
final class MountTable {
  private static final Path OF_THIS_PROCESS = Path.of("/proc/self/mountinfo");
  private static final int MOUNT_POINT = 4;
  private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");

  private final List<Path> mountPoints;

  /**
   * @param lines in the form of proc(5), mountinfo
   */
  MountTable(List<String> lines) {
    this.mountPoints =
        lines.stream().map(line -> Path.of(decoded(line.split(" ")[MOUNT_POINT]))).toList();
  }

  static MountTable read() {
    try {
      return new MountTable(Files.readAllLines(OF_THIS_PROCESS));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every mount point strictly below the folder, each once, parents first. */
  List<Path> below(Path folder) {
    return mountPoints.stream()
        .filter(point -> point.startsWith(folder) && !point.equals(folder))
        .distinct()
        .sorted()
        .toList();
  }

  /** The kernel writes space, tab, newline and backslash as octal numbers. */
  private static String decoded(String text) {
    return OCTAL
        .matcher(text)
        .replaceAll(
            octal ->
                java.util.regex.Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(octal.group(1), 8))));
  }
}
