package org.homeport.spawn.identity;

import java.util.regex.Pattern;

/**
 * The name by which Homeport, the REST API and the container engine know one server of one user:
 * {@code ada}, {@code ada--lab}, or {@code jane-x-org---0f3a…} for names that are not plainly safe.
 *
 * <p>Two servers never share one. It is lower-case, since {@code Foo} and {@code foo} must not meet
 * where case does not count, and short enough that {@code <network>-<id>} is a container name and a
 * DNS label for networks of up to {@value #MAX_NETWORK_LENGTH} characters.
 */
public record ServerId(String id) {
  public static final int MAX_NETWORK_LENGTH = 22;
  private static final int MAX_LENGTH = 63 - 1 - MAX_NETWORK_LENGTH;
  private static final Pattern VALID = Pattern.compile("[a-z0-9](?:[a-z0-9-]*[a-z0-9])?");

  public ServerId {
    if (id.length() > MAX_LENGTH || !VALID.matcher(id).matches()) {
      throw new IllegalArgumentException("Not the id of a server: '" + id + "'");
    }
  }

  public static ServerId of(HubUser user, ServerName server) {
    var plain = server.isDefault() ? user.name() : user.name() + "--" + server.name();
    var isPlain =
        SafeName.isPlain(user.name()) && (server.isDefault() || SafeName.isPlain(server.name()));
    return isPlain && plain.length() <= MAX_LENGTH
        ? new ServerId(plain)
        // Neither name can have a slash, so joining them by one is unambiguous.
        : new ServerId(SafeName.hashed(user.name() + "/" + server.name(), MAX_LENGTH));
  }

  @Override
  public String toString() {
    return id;
  }
}
