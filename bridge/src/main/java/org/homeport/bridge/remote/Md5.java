package org.homeport.bridge.remote;

import com.fasterxml.jackson.annotation.JsonValue;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The hash by which Homeport and a remote recognise a content; Google Drive computes it too. */
public record Md5(String hex) {
  private static final int LENGTH = 32;

  public Md5 {
    if (hex.length() != LENGTH || !hex.chars().allMatch(Md5::isHexDigit)) {
      throw new IllegalArgumentException("Not an MD5 in hex: '" + hex + "'");
    }
  }

  private static boolean isHexDigit(int c) {
    return c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
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
