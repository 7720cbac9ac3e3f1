package org.homeport.spawn.files;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Bytes of the file system as text and back, without loss: UTF-8 as it is, and every {@code %} and
 * every byte that is not UTF-8 as {@code %XX}. Fit for people, JSON and databases.
 */
public final class RawText {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private RawText() {}

  public static String of(byte[] bytes) {
    if (isPlain(bytes)) {
      return new String(bytes, StandardCharsets.US_ASCII);
    }
    var text = new StringBuilder(bytes.length);
    var decoder = StandardCharsets.UTF_8.newDecoder();
    var in = ByteBuffer.wrap(bytes);
    var out = CharBuffer.allocate(bytes.length);
    while (true) {
      var result = decoder.decode(in, out, true);
      out.flip().chars().forEach(c -> append(text, (char) c));
      out.clear();
      if (!result.isMalformed()) {
        return text.toString();
      }
      for (var left = result.length(); left > 0; left--) {
        escape(text, in.get());
      }
      decoder.reset();
    }
  }

  public static byte[] bytes(String text) {
    if (text.indexOf('%') < 0) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    var bytes = new ByteArrayOutputStream(text.length());
    for (var at = 0; at < text.length(); ) {
      var escape = text.indexOf('%', at);
      var end = escape < 0 ? text.length() : escape;
      bytes.writeBytes(text.substring(at, end).getBytes(StandardCharsets.UTF_8));
      if (escape >= 0) {
        bytes.write(HexFormat.fromHexDigits(text, escape + 1, escape + 3));
      }
      at = escape < 0 ? end : escape + 3;
    }
    return bytes.toByteArray();
  }

  private static boolean isPlain(byte[] bytes) {
    for (var b : bytes) {
      if (b < 0 || b == '%') {
        return false;
      }
    }
    return true;
  }

  private static void append(StringBuilder text, char c) {
    if (c == '%') {
      escape(text, (byte) c);
    } else {
      text.append(c);
    }
  }

  private static void escape(StringBuilder text, byte b) {
    HEX.toHexDigits(text.append('%'), b);
  }
}
