package org.homeport.bridge.remote;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.homeport.spawn.files.RawPath;
import org.homeport.spawn.files.RawText;
import org.homeport.spawn.identity.HubUser;

/**
 * Spells the name of a file for a remote, and back. It is the name itself, except for what a remote
 * should never see: bytes that are not UTF-8 and control characters, which become {@code %XX}, and
 * a {@code %} that would read like one of those.
 */
public final class RemoteName {
  private static final Pattern PLAIN_PERCENT = Pattern.compile("%25(?![0-9A-Fa-f]{2})");
  private static final Pattern NO_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");
  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1f\\x7f]");

  private RemoteName() {}

  /** The name of a user's folder; hub users may be called {@code ..}. */
  public static String of(HubUser user) {
    var name = of(RawText.of(user.name().getBytes(StandardCharsets.UTF_8)));
    return name.matches("\\.\\.?") ? name.replace(".", "%2E") : name;
  }

  /**
   * @param rawName one name as RawText
   */
  public static String of(String rawName) {
    var shown = rawName.indexOf('%') < 0 ? rawName : PLAIN_PERCENT.matcher(rawName).replaceAll("%");
    var control = CONTROL.matcher(shown);
    return control.find()
        ? control.replaceAll(found -> "%%%02X".formatted((int) found.group().charAt(0)))
        : shown;
  }

  /**
   * The name as RawText.
   *
   * @throws IllegalArgumentException when nothing in a home can have this name
   */
  public static String toRaw(String shown) {
    var raw = NO_ESCAPE.matcher(shown).replaceAll("%25");
    var name = RawPath.of(RawText.bytes(raw)).text();
    if (name.indexOf('/') >= 0) {
      throw new IllegalArgumentException("Not a name: '" + shown + "'");
    }
    return name;
  }
}
