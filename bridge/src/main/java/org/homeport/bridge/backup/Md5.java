package org.homeport.bridge.backup;

import com.fasterxml.jackson.annotation.JsonValue;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The hash by which both ends recognise a content: the one that Google Drive computes too. */
public record Md5(String hex) {
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{32}");

  public Md5 {
    if (!HEX.matcher(hex).matches()) {
      throw new IllegalArgumentException("Not an MD5 in hex: '" + hex + "'");
    }
  }

  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java has MD5.", e);
    }
  }

  public static Md5 of(MessageDigest finished) {
    return new Md5(HexFormat.of().formatHex(finished.digest()));
  }

  public static Md5 of(byte[] bytes) {
    var digest = digest();
    digest.update(bytes);
    return of(digest);
  }

  @JsonValue
  @Override
  public String toString() {
    return hex;
  }
}
