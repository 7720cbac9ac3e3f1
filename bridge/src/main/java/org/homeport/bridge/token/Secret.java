package org.homeport.bridge.token;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.homeport.spawn.hash.Sha256;

/** A text that opens something: it never shows in a log, an error or a debugger's line. */
public record Secret(String value) {
  private static final SecureRandom RANDOM = new SecureRandom();

  /** So many random bytes that their plain hash can be kept. */
  private static final int BYTES = 32;

  /** Lets people and scanners recognise a secret that turns up where it should not. */
  private static final String PREFIX = "homeport_";

  public Secret {
    if (value.isBlank()) {
      throw new IllegalArgumentException("A secret is not empty.");
    }
  }

  /** Reads a secret that was shown or stored; empty when the text is blank. */
  public static Optional<Secret> of(String text) {
    return text.isBlank() ? Optional.empty() : Optional.of(new Secret(text.strip()));
  }

  /** A new secret that Homeport hands out. */
  static Secret issued() {
    return new Secret(PREFIX + random());
  }

  /** A new secret that another program passes back. */
  public static Secret unguessable() {
    return new Secret(random());
  }

  private static String random() {
    var bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The hash by which a random secret is stored. */
  public String hash() {
    return Sha256.hex(value);
  }

  @Override
  public String toString() {
    return "(secret)";
  }
}
