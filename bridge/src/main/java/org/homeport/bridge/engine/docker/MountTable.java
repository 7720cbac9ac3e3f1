package org.homeport.bridge.engine.docker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The mount points of this host, as the kernel lists them.
 *
 * <p>A name may be any bytes. One that is not UTF-8 is left out: an engine cannot be told of it.
 */
final class MountTable {
  private static final Path OF_THIS_PROCESS = Path.of("/proc/self/mountinfo");
  private static final int MOUNT_POINT = 4;
  private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");

  private final List<Path> mountPoints;

  /**
   * @param table in the form of proc(5), mountinfo
   */
  MountTable(byte[] table) {
    this.mountPoints =
        new String(table, ISO_8859_1)
            .lines()
            .map(line -> line.split(" ")[MOUNT_POINT])
            .flatMap(field -> path(field).stream())
            .toList();
  }

  static MountTable read() {
    try {
      return new MountTable(Files.readAllBytes(OF_THIS_PROCESS));
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

  /** The path that a field stands for, in which each character is a byte. */
  private static Optional<Path> path(String field) {
    try {
      var bytes = ByteBuffer.wrap(decoded(field).getBytes(ISO_8859_1));
      return Optional.of(Path.of(UTF_8.newDecoder().decode(bytes).toString()));
    } catch (CharacterCodingException | InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** The kernel writes space, tab, newline and backslash as octal numbers. */
  private static String decoded(String text) {
    return OCTAL
        .matcher(text)
        .replaceAll(
            octal ->
                Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(octal.group(1), 8))));
  }
}
