package org.homeport.spawn.identity;

import java.util.Locale;
import java.util.regex.Pattern;
import org.homeport.spawn.hash.Sha256;

/**
 * Turns hub names, which may be nearly anything, into names that a path, a container and a host
 * name can bear: lower-case ASCII letters, digits and hyphens.
 *
 * <p>A plain name has single hyphens only, so that {@code --} can join plain names and {@code ---}
 * can mark hashed ones without any two meeting.
 */
final class SafeName {
  private static final Pattern PLAIN = Pattern.compile("[a-z0-9]+(?:-[a-z0-9]+)*");
  private static final String MARK = "---";
  private static final int HASH_LENGTH = 16;

  private SafeName() {}

  static boolean isPlain(String name) {
    return PLAIN.matcher(name).matches();
  }

  /**
   * A readable beginning and a hash of the whole.
   *
   * @param original what the name stands for; two different ones never meet
   * @param maxLength of the name, at least 21
   */
  static String hashed(String original, int maxLength) {
    var readable = original.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    var room = Math.min(readable.length(), maxLength - MARK.length() - HASH_LENGTH);
    var slug = readable.substring(0, room).replaceAll("^-+|-+$", "");
    return (slug.isEmpty() ? "x" : slug) + MARK + Sha256.hex(original).substring(0, HASH_LENGTH);
  }
}
