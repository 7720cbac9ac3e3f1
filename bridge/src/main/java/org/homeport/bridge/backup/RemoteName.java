package org.homeport.bridge.backup;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.homeport.spawn.identity.HubUser;

/**
 * Spells a file name, which on Linux is any bytes, as text that every far end can bear, and back.
 *
 * <p>A name stays as it is unless it is {@code .} or {@code ..}, or has control characters, bytes
 * that are not UTF-8, or something that reads like the escapes: those bytes become {@code %XX}.
 */
public final class RemoteName {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private RemoteName() {}

  public static String of(HubUser user) {
    return of(user.name().getBytes(StandardCharsets.UTF_8));
  }

  static String of(byte[] name) {
    var spelled = new StringBuilder(name.length);
    for (var i = 0; i < name.length; ) {
      var length = lengthOfCharacter(name, i);
      if (length == 0 || isControl(name, i, length) || isEscape(name, i) || isDots(name)) {
        spelled.append('%').append(HEX.toHexDigits(name[i++]));
      } else {
        spelled.append(new String(name, i, length, StandardCharsets.UTF_8));
        i += length;
      }
    }
    return spelled.toString();
  }

  static byte[] bytes(String spelled) {
    var name = new ByteArrayOutputStream();
    var text = spelled.getBytes(StandardCharsets.UTF_8);
    for (var i = 0; i < text.length; i++) {
      if (isEscape(text, i)) {
        name.write(HexFormat.fromHexDigits(new String(text, i + 1, 2, StandardCharsets.US_ASCII)));
        i += 2;
      } else {
        name.write(text[i]);
      }
    }
    return name.toByteArray();
  }

  private static boolean isDots(byte[] name) {
    return name[0] == '.' && (name.length == 1 || name.length == 2 && name[1] == '.');
  }

  private static boolean isEscape(byte[] name, int i) {
    return name[i] == '%'
        && i + 2 < name.length
        && HexFormat.isHexDigit(name[i + 1])
        && HexFormat.isHexDigit(name[i + 2]);
  }

  private static boolean isControl(byte[] name, int i, int length) {
    return new String(name, i, length, StandardCharsets.UTF_8)
        .codePoints()
        .anyMatch(Character::isISOControl);
  }

  /** How many bytes the UTF-8 character at i has; 0 when there is none. */
  private static int lengthOfCharacter(byte[] name, int i) {
    var first = name[i] & 0xff;
    var length = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (length == 0 || i + length > name.length) {
      return 0;
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name, i, length));
      return length;
    } catch (CharacterCodingException e) {
      return 0;
    }
  }
}
