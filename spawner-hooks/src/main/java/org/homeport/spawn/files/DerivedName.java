package org.homeport.spawn.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.homeport.spawn.hash.Sha256;

/**
 * Derives names from other names, such as {@code plot.py.new-2} from {@code plot.py}, that a file
 * system takes. A name that would be too long is cut and gets a hash of the whole, so that two long
 * names do not meet.
 */
public final class DerivedName {
  /** The most bytes that Linux takes for a name. */
  public static final int LONGEST = 255;

  /** So many names are tried where each one may be taken. */
  private static final int MOST = 100;

  private static final int HASH_LENGTH = 8;

  private DerivedName() {}

  /** The name with something before and behind it. */
  public static RawPath of(String prefix, RawPath name, String suffix) {
    var bytes = name.bytes();
    var room = LONGEST - prefix.getBytes(UTF_8).length - suffix.getBytes(UTF_8).length;
    if (bytes.length <= room) {
      return join(prefix, bytes, suffix);
    }
    var hash = "~" + Sha256.hex(name.text()).substring(0, HASH_LENGTH);
    return join(prefix, cut(bytes, room - hash.length()), hash + suffix);
  }

  /**
   * The names to try one after the other for something that goes beside the name: with the suffix,
   * and then with a number behind it. The search ends after {@value #MOST} names.
   */
  public static Stream<RawPath> beside(RawPath name, String suffix) {
    return IntStream.rangeClosed(1, MOST)
        .mapToObj(number -> of("", name, number == 1 ? suffix : suffix + "-" + number));
  }

  private static RawPath join(String prefix, byte[] name, String suffix) {
    var before = prefix.getBytes(UTF_8);
    var behind = suffix.getBytes(UTF_8);
    var whole = Arrays.copyOf(before, before.length + name.length + behind.length);
    System.arraycopy(name, 0, whole, before.length, name.length);
    System.arraycopy(behind, 0, whole, before.length + name.length, behind.length);
    return RawPath.of(whole);
  }

  /** Cuts between two characters, where the bytes are UTF-8. */
  private static byte[] cut(byte[] name, int length) {
    var end = length;
    while (end > length - 4 && isInsideCharacter(name[end])) {
      end--;
    }
    return Arrays.copyOf(name, isInsideCharacter(name[end]) ? length : end);
  }

  private static boolean isInsideCharacter(byte b) {
    return (b & 0xc0) == 0x80;
  }
}
