package org.homeport.bridge.server;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.homeport.bridge.engine.Container;
import org.homeport.spawn.identity.HubUser;
import org.homeport.spawn.identity.ServerName;
import org.homeport.spawn.image.ImageName;

/**
 * The labels of a server's container: enough to find the server again when all else is lost, and
 * nothing secret.
 *
 * @param fingerprint of the request that it was made for
 * @param memory its limit in bytes
 */
record ServerLabels(
    String id,
    HubUser user,
    ServerName serverName,
    ImageName image,
    String reference,
    String fingerprint,
    int port,
    String answersAt,
    OptionalLong memory) {
  private static final String PREFIX = "org.homeport.";

  /** Reads the labels of a container; empty when it is not one of a server. */
  static Optional<ServerLabels> of(Map<String, String> labels) {
    if (!labels.containsKey(PREFIX + "id")) {
      return Optional.empty();
    }
    var memory = labels.get(PREFIX + "memory");
    return Optional.of(
        new ServerLabels(
            labels.get(PREFIX + "id"),
            HubUser.of(labels.get(PREFIX + "user")),
            ServerName.of(labels.get(PREFIX + "server")),
            ImageName.of(labels.get(PREFIX + "image")),
            labels.get(PREFIX + "reference"),
            labels.get(PREFIX + "fingerprint"),
            Integer.parseInt(labels.get(PREFIX + "port")),
            labels.get(PREFIX + "answers-at"),
            memory == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(memory))));
  }

  Map<String, String> toMap() {
    var labels = new HashMap<String, String>();
    labels.put(PREFIX + "id", id);
    labels.put(PREFIX + "user", user.name());
    labels.put(PREFIX + "server", serverName.name());
    labels.put(PREFIX + "image", image.name());
    labels.put(PREFIX + "reference", reference);
    labels.put(PREFIX + "fingerprint", fingerprint);
    labels.put(PREFIX + "port", String.valueOf(port));
    labels.put(PREFIX + "answers-at", answersAt);
    memory.ifPresent(bytes -> labels.put(PREFIX + "memory", String.valueOf(bytes)));
    return labels;
  }

  /** The server of a container with these labels, in the state that the container is in. */
  Server server(Container container, Server.State state) {
    return new Server(
        id,
        user,
        serverName,
        image,
        container.name(),
        state,
        state == Server.State.RUNNING ? address(container.address()) : Optional.empty(),
        container.exitCode(),
        Optional.empty(),
        reference,
        container.since());
  }

  Optional<Server.Address> address(Optional<String> host) {
    return host.map(name -> new Server.Address(name, port));
  }
}
