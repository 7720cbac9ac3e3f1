package org.homeport.bridge.notify;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * An address that is told of backups. Whoever knows it can speak in Homeport's name, so no more
 * than its host is ever shown.
 */
public record Receiver(URI address) {
  private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");

  public Receiver {
    var scheme = String.valueOf(address.getScheme());
    var host = String.valueOf(address.getHost());
    if (!scheme.equals("https") && !(scheme.equals("http") && LOOPBACK.matcher(host).matches())) {
      throw new IllegalArgumentException(
          "expected an address that begins with https://, or http:// on this machine");
    }
    if (address.getRawUserInfo() != null || address.getHost() == null) {
      throw new IllegalArgumentException("expected a host, without a user name before it");
    }
  }

  /**
   * Reads the address from a file.
   *
   * @throws IOException when there is no such file, or another text in it; the message does not
   *     tell the text
   */
  public static Receiver read(Path file) throws IOException {
    var text = Files.readString(file).strip();
    try {
      return new Receiver(URI.create(text));
    } catch (IllegalArgumentException e) {
      // What URI says of a text repeats the text.
      var expected = e.getCause() == null ? e.getMessage() : "expected one address";
      throw new IOException(file + ": " + expected);
    }
  }

  /** The address with more at the end of its path, such as {@code /start}. */
  URI at(String more) {
    if (more.isEmpty()) {
      return address;
    }
    var text = address.toString();
    var query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
    var end = text.length() - query.length();
    return URI.create(text.substring(0, end).replaceFirst("/+$", "") + more + query);
  }

  @Override
  public String toString() {
    return address.getScheme() + "://" + address.getAuthority() + "/…";
  }
}
