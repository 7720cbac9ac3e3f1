package org.homeport.bridge.token;

import java.security.SecureRandom;
import java.util.Base64;
import org.homeport.spawn.hash.Sha256;

/** The text that a caller shows; 256 random bits, so that its plain hash can be kept. */
public record Secret(String text) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 32;

  /** Lets people and scanners see what it is when it turns up where it should not. */
  private static final String PREFIX = "homeport_";

  static Secret random() {
    var bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return new Secret(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  String hash() {
    return Sha256.hex(text);
  }

  @Override
  public String toString() {
    return "Secret[…]";
  }
}
