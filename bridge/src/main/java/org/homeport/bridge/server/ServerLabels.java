package org.homeport.bridge.server;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.homeport.bridge.engine.Container;
import org.homeport.spawn.identity.HubUser;
import org.homeport.spawn.identity.ServerName;
import org.homeport.spawn.image.ImageName;
import org.homeport.spawn.refusal.SpawnRefused;

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

  ServerLabels {
    Objects.requireNonNull(id);
    Objects.requireNonNull(reference);
    Objects.requireNonNull(fingerprint);
    Objects.requireNonNull(answersAt);
  }

  /**
   * Reads the labels of a container; empty when it is not one of a server, or not one of ours as
   * far as anybody can tell: whoever may use the engine may write labels.
   */
  static Optional<ServerLabels> of(Map<String, String> labels) {
    try {
      return labels.containsKey(PREFIX + "id") ? Optional.of(read(labels)) : Optional.empty();
    } catch (IllegalArgumentException | NullPointerException | SpawnRefused e) {
      return Optional.empty();
    }
  }

  private static ServerLabels read(Map<String, String> labels) {
    var memory = labels.getOrDefault(PREFIX + "memory", "");
    return new ServerLabels(
        labels.get(PREFIX + "id"),
        HubUser.of(labels.get(PREFIX + "user")),
        ServerName.of(labels.get(PREFIX + "server")),
        ImageName.of(labels.get(PREFIX + "image")),
        labels.get(PREFIX + "reference"),
        labels.get(PREFIX + "fingerprint"),
        Integer.parseInt(labels.get(PREFIX + "port")),
        labels.get(PREFIX + "answers-at"),
        memory.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(memory)));
  }

  /** Every label, also without a value: an image's own label of that name counts otherwise. */
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
    labels.put(PREFIX + "memory", memory.isPresent() ? String.valueOf(memory.getAsLong()) : "");
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
