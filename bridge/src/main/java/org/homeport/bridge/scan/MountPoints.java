package org.homeport.bridge.scan;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.homeport.spawn.files.RawText;

/**
 * The places below a folder where other file systems are mounted, from the kernel's list: to ask
 * one of them may take without end when the program behind it hangs.
 */
final class MountPoints {
  private static final Path OF_THIS_PROCESS = Path.of("/proc/self/mountinfo");
  private static final int DEVICE = 2;
  private static final int PLACE = 4;

  private MountPoints() {}

  /** The paths below a folder, as RawText. */
  static Set<String> below(Path folder) throws IOException {
    var lines = new String(Files.readAllBytes(OF_THIS_PROCESS), StandardCharsets.ISO_8859_1);
    return below(RawText.of(real(folder).toString().getBytes(StandardCharsets.UTF_8)), lines);
  }

  private static Path real(Path folder) throws IOException {
    try {
      return folder.toRealPath();
    } catch (AccessDeniedException closed) {
      return folder; // the owner of a home need not be able to go through the folders above it
    }
  }

  /**
   * The same.
   *
   * @param mountinfo as proc(5) has it, with one character for each byte
   */
  static Set<String> below(String folder, String mountinfo) {
    var mounts = mountinfo.lines().map(line -> Mount.of(line.split(" "))).toList();
    var inside = folder.endsWith("/") ? folder : folder + "/";
    var own = device(mounts, folder);
    return mounts.stream()
        .filter(mount -> mount.place.startsWith(inside) && !mount.device.equals(own))
        .map(mount -> mount.place.substring(inside.length()))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String device(List<Mount> mounts, String folder) {
    var nearest = new Mount("", "");
    for (var mount : mounts) {
      var holds = mount.place.equals("/") || (folder + "/").startsWith(mount.place + "/");
      if (holds && mount.place.length() >= nearest.place.length()) {
        nearest = mount; // of two at one place the later one is on top
      }
    }
    return nearest.device;
  }

  private record Mount(String device, String place) {
    static Mount of(String[] fields) {
      return new Mount(fields[DEVICE], RawText.of(unescaped(fields[PLACE])));
    }

    /** The kernel writes space, tab, newline and backslash as octal numbers. */
    private static byte[] unescaped(String field) {
      var bytes = field.getBytes(StandardCharsets.ISO_8859_1);
      var out = new ByteArrayOutputStream(bytes.length);
      for (var at = 0; at < bytes.length; at++) {
        if (bytes[at] == '\\') {
          var digits =
              new String(Arrays.copyOfRange(bytes, at + 1, at + 4), StandardCharsets.US_ASCII);
          out.write(Integer.parseInt(digits, 8));
          at += 3;
        } else {
          out.write(bytes[at]);
        }
      }
      return out.toByteArray();
    }
  }
}
