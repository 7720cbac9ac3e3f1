package org.homeport.bridge.engine.docker;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import org.homeport.bridge.settings.Section;
import org.homeport.spawn.identity.ServerId;

/**
 * Which engine runs the servers, and on which network.
 *
 * @param host {@code unix:///path/of/a.sock} or {@code tcp://host:port}
 * @param network the bridge's own network; begins the name of every container
 * @param subnet of the network, where the administrator chose one
 */
public record DockerSettings(URI host, String network, Optional<String> subnet) {
  public static final URI DEFAULT_HOST = URI.create("unix:///var/run/docker.sock");
  public static final String DEFAULT_NETWORK = "homeport";
  private static final Pattern NETWORK = Pattern.compile("[a-z0-9](?:[a-z0-9-]*[a-z0-9])?");

  public DockerSettings {
    host(host.toString());
    network(network);
    subnet.ifPresent(Subnet::of);
  }

  /** Reads the address of an engine. */
  public static URI host(String text) {
    if (!text.matches("unix:///\\S+|tcp://[^\\s/]+:\\d+")) {
      throw new IllegalArgumentException("expected unix:///path/of/a.sock or tcp://host:port");
    }
    return URI.create(text);
  }

  /** Reads the name of a network. */
  public static String network(String text) {
    if (text.length() > ServerId.MAX_NETWORK_LENGTH || !NETWORK.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "expected at most %d small letters, digits and hyphens"
              .formatted(ServerId.MAX_NETWORK_LENGTH));
    }
    return text;
  }

  /** Reads the section {@code docker}. */
  public static DockerSettings read(Section section) {
    return new DockerSettings(
        section.value("host", DockerSettings::host, DEFAULT_HOST),
        section.value("network", DockerSettings::network, DEFAULT_NETWORK),
        section.value("subnet", text -> Subnet.of(text).toString()));
  }
}
