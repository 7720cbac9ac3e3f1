package org.homeport.bridge.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.homeport.bridge.token.Secret;

/**
 * The ways of browsers to the hub and back. A way is a signed text that the browser carries, so
 * that strangers, however many they are, fill no memory and end nobody's sign-in.
 */
final class Ways {
  /** The time for signing in at the hub. */
  static final Duration LIFE = Duration.ofMinutes(10);

  private static final int LONGEST_PAGE = 2000;
  private static final String ALGORITHM = "HmacSHA256";

  private final Clock clock;
  private final String home;
  private final SecretKeySpec key;

  /**
   * @param home the page to come back to when the address that was asked for is too long
   */
  Ways(Clock clock, String home) {
    this.clock = clock;
    this.home = home;
    var bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    this.key = new SecretKeySpec(bytes, ALGORITHM);
  }

  /** Writes down to which page a browser wants to come back; the hub hands this text back. */
  Secret depart(Secret browser, String page) {
    var next = page.length() > LONGEST_PAGE ? home : page;
    var text = encoded((clock.instant().getEpochSecond() + " " + next).getBytes(UTF_8));
    return new Secret(text + "." + signature(browser, text));
  }

  /** Reads the page that the same browser wanted; empty for another browser, or after a while. */
  Optional<String> arrive(Secret browser, Secret state) {
    var parts = state.value().split("\\.", 2);
    if (parts.length != 2
        || !MessageDigest.isEqual(
            parts[1].getBytes(UTF_8), signature(browser, parts[0]).getBytes(UTF_8))) {
      return Optional.empty();
    }
    var text = new String(Base64.getUrlDecoder().decode(parts[0]), UTF_8).split(" ", 2);
    var begun = Instant.ofEpochSecond(Long.parseLong(text[0]));
    return Optional.of(text[1]).filter(page -> clock.instant().isBefore(begun.plus(LIFE)));
  }

  private String signature(Secret browser, String text) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return encoded(mac.doFinal((browser.value() + " " + text).getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has " + ALGORITHM + ".", e);
    }
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
