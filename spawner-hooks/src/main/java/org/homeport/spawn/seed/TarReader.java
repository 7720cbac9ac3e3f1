package org.homeport.spawn.seed;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a tar archive (ustar, pax, GNU long names) with names and link targets as raw bytes, which
 * libraries decode as UTF-8 and lose.
 */
final class TarReader {
  private static final int BLOCK = 512;
  private static final int LONGEST_EXTENSION = 1 << 20;

  /** The kind of an entry. */
  enum Kind {
    FILE,
    HARD_LINK,
    LINK,
    FOLDER,
    OTHER
  }

  /**
   * One entry.
   *
   * @param link where a link points, or the name in the archive of which a hard link is another
   * @param mtime nanoseconds since 1970
   */
  record Entry(Kind kind, byte[] name, byte[] link, int mode, long mtime) {}

  private final InputStream in;
  private long unread;
  private long padding;

  TarReader(InputStream in) {
    this.in = in;
  }

  /**
   * The next entry; empty at the end of the archive.
   *
   * @throws EOFException if the stream ends before the archive does
   */
  Optional<Entry> next() throws IOException {
    var extensions = new HashMap<String, byte[]>();
    while (true) {
      in.skipNBytes(unread + padding);
      var header = in.readNBytes(BLOCK);
      if (header.length < BLOCK) {
        throw new EOFException("The archive is cut off");
      }
      unread = padding = 0;
      if (isZero(header)) {
        return Optional.empty();
      }
      checkSum(header);
      contentOf(number(header, 124, 12));
      switch (header[156]) {
        case 'x' -> readRecords(extension(), extensions);
        case 'g' -> extension();
        case 'L' -> extensions.put("path", text(extension()));
        case 'K' -> extensions.put("linkpath", text(extension()));
        default -> {
          return Optional.of(entry(header, extensions));
        }
      }
    }
  }

  /** Reads some bytes of the entry's content; the number, or -1 at its end. */
  int read(byte[] into) throws IOException {
    if (unread == 0) {
      return -1;
    }
    var count = in.read(into, 0, (int) Math.min(into.length, unread));
    if (count < 0) {
      throw new EOFException("The archive is cut off");
    }
    unread -= count;
    return count;
  }

  private Entry entry(byte[] header, Map<String, byte[]> extensions) throws IOException {
    if (extensions.containsKey("size")) {
      contentOf(decimal(extensions.get("size")).longValue());
    }
    var kind = kind(header[156], extensions);
    if (kind != Kind.FILE) {
      // Only a file has content, whatever its header claims.
      contentOf(kind == Kind.OTHER ? unread : 0);
    }
    var mtime =
        extensions.containsKey("mtime")
            ? decimal(extensions.get("mtime")).movePointRight(9).longValue()
            : number(header, 136, 12) * 1_000_000_000;
    return new Entry(
        kind,
        extensions.getOrDefault("path", name(header)),
        extensions.getOrDefault("linkpath", text(header, 157, 100)),
        (int) number(header, 100, 8),
        mtime);
  }

  private static Kind kind(byte type, Map<String, byte[]> extensions) throws IOException {
    if (type == 'S' || extensions.keySet().stream().anyMatch(k -> k.startsWith("GNU.sparse"))) {
      throw new IOException("The archive has sparse files, which engines do not write");
    }
    return switch (type) {
      case '0', '7', 0 -> Kind.FILE;
      case '1' -> Kind.HARD_LINK;
      case '2' -> Kind.LINK;
      case '5' -> Kind.FOLDER;
      default -> Kind.OTHER;
    };
  }

  private void contentOf(long size) throws IOException {
    if (size < 0) {
      throw damaged();
    }
    unread = size;
    padding = -size & (BLOCK - 1);
  }

  private byte[] extension() throws IOException {
    if (unread > LONGEST_EXTENSION) {
      throw damaged();
    }
    var content = in.readNBytes((int) unread);
    unread -= content.length;
    return content;
  }

  /** Reads pax records: {@code LENGTH KEY=VALUE\n}, where the length counts all of it. */
  private static void readRecords(byte[] records, Map<String, byte[]> into) throws IOException {
    for (var at = 0; at < records.length; ) {
      var space = indexOf(records, ' ', at);
      var end = at + decimal(Arrays.copyOfRange(records, at, space)).intValue();
      var equals = indexOf(records, '=', space);
      if (end <= equals || end > records.length) {
        throw damaged();
      }
      var key = ascii(Arrays.copyOfRange(records, space + 1, equals));
      into.put(key, Arrays.copyOfRange(records, equals + 1, end - 1));
      at = end;
    }
  }

  private static int indexOf(byte[] bytes, char c, int from) throws IOException {
    for (var at = from; at < bytes.length; at++) {
      if (bytes[at] == c) {
        return at;
      }
    }
    throw damaged();
  }

  private static byte[] name(byte[] header) {
    var name = text(header, 0, 100);
    var prefix = text(header, 345, 155);
    var ustar = ascii(Arrays.copyOfRange(header, 257, 263)).equals("ustar\0");
    if (!ustar || prefix.length == 0) {
      return name;
    }
    var whole = Arrays.copyOf(prefix, prefix.length + 1 + name.length);
    whole[prefix.length] = '/';
    System.arraycopy(name, 0, whole, prefix.length + 1, name.length);
    return whole;
  }

  /** An octal number, or with the highest bit set a binary one. */
  private static long number(byte[] header, int at, int length) throws IOException {
    if ((header[at] & 0x80) != 0) {
      var value = (long) (byte) (header[at] << 1) >> 1;
      for (var i = at + 1; i < at + length; i++) {
        value = value << 8 | header[i] & 0xff;
      }
      return value;
    }
    var digits = ascii(text(header, at, length)).strip();
    if (!digits.matches("[0-7]*")) {
      throw damaged();
    }
    return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
  }

  /** Short and without an exponent, which could name a number that fills the memory. */
  private static BigDecimal decimal(byte[] digits) throws IOException {
    var text = ascii(digits);
    if (!text.matches("-?[0-9]{1,19}(\\.[0-9]{0,30})?")) {
      throw damaged();
    }
    return new BigDecimal(text);
  }

  private static void checkSum(byte[] header) throws IOException {
    var sum = 8L * ' ';
    for (var i = 0; i < BLOCK; i++) {
      sum += i >= 148 && i < 156 ? 0 : header[i] & 0xff;
    }
    if (sum != number(header, 148, 8)) {
      throw damaged();
    }
  }

  private static boolean isZero(byte[] block) {
    for (var b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  private static byte[] text(byte[] bytes) {
    return text(bytes, 0, bytes.length);
  }

  /** The bytes up to the first NUL. */
  private static byte[] text(byte[] bytes, int at, int length) {
    var end = at;
    while (end < at + length && bytes[end] != 0) {
      end++;
    }
    return Arrays.copyOfRange(bytes, at, end);
  }

  private static String ascii(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static IOException damaged() {
    return new IOException("The archive is damaged");
  }
}
