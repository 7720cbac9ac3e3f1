package org.homeport.bridge.engine.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.InspectImageResponse;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.homeport.bridge.engine.Container;
import org.homeport.bridge.engine.EngineRejected;
import org.homeport.bridge.engine.Image;
import org.homeport.bridge.engine.ListedContainer;
import org.homeport.bridge.engine.Network;

/** Turns Docker's answers into values of our own. */
final class DockerAnswers {
  static final String ICC = "com.docker.network.bridge.enable_icc";

  private DockerAnswers() {}

  static Image image(InspectImageResponse answer) {
    var config = answer.getConfig();
    var command = config == null ? null : config.getCmd();
    return new Image(
        answer.getId(),
        names(answer.getRepoTags(), answer.getRepoDigests()),
        digest(answer.getRepoDigests()),
        answer.getSize() == null ? 0 : answer.getSize(),
        command == null ? List.of() : List.of(command));
  }

  /** From a list, which does not tell the command. */
  static Image image(com.github.dockerjava.api.model.Image answer) {
    var digests = list(answer.getRepoDigests());
    return new Image(
        answer.getId(),
        names(list(answer.getRepoTags()), digests),
        digest(digests),
        answer.getSize(),
        List.of());
  }

  static Network network(com.github.dockerjava.api.model.Network answer) {
    if (!"false".equals(answer.getOptions().get(ICC))) {
      throw new EngineRejected(
          "On the network "
              + answer.getName()
              + " servers could reach each other: remove it (docker network rm "
              + answer.getName()
              + ") so that it is recreated, or set docker.network to another name.");
    }
    return answer.getIpam().getConfig().stream()
        .flatMap(range -> network(answer.getName(), range).stream())
        .findFirst()
        .orElseThrow(
            () -> new EngineRejected("The network " + answer.getName() + " has no IPv4 subnet."));
  }

  /** A network that an administrator made need not name its gateway: it is the first address. */
  private static Optional<Network> network(
      String name, com.github.dockerjava.api.model.Network.Ipam.Config range) {
    if (range.getSubnet() == null || range.getSubnet().contains(":")) {
      return Optional.empty(); // of IPv6, or of a driver that has none
    }
    try {
      var gateway =
          Optional.ofNullable(range.getGateway())
              .filter(address -> !address.isEmpty())
              .orElseGet(() -> Subnet.of(range.getSubnet()).gateway());
      return Optional.of(new Network(name, Optional.of(range.getSubnet()), Optional.of(gateway)));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // too small for servers
    }
  }

  static Container container(InspectContainerResponse answer, String network) {
    var state = state(answer.getState().getStatus());
    var address =
        Optional.ofNullable(answer.getNetworkSettings().getNetworks().get(network))
            .map(endpoint -> endpoint.getIpAddress())
            .filter(ip -> !ip.isEmpty());
    return new Container(
        answer.getId(),
        answer.getName().substring(1),
        answer.getConfig().getLabels(),
        state,
        address,
        state == Container.State.EXITED
            ? OptionalInt.of(answer.getState().getExitCodeLong().intValue())
            : OptionalInt.empty(),
        Boolean.TRUE.equals(answer.getState().getOOMKilled()),
        Instant.parse(
            switch (state) {
              case CREATED -> answer.getCreated();
              case RUNNING -> answer.getState().getStartedAt();
              case EXITED -> answer.getState().getFinishedAt();
            }));
  }

  /** From a list, whose entries have up to two names of links besides their own. */
  static ListedContainer listed(com.github.dockerjava.api.model.Container answer, String network) {
    return new ListedContainer(
        answer.getId(),
        Stream.of(answer.getNames()).findFirst().orElse("/").substring(1),
        answer.getLabels(),
        state(answer.getState()),
        Optional.ofNullable(answer.getNetworkSettings())
            .map(settings -> settings.getNetworks().get(network))
            .map(endpoint -> endpoint.getIpAddress())
            .filter(ip -> !ip.isEmpty()));
  }

  private static Container.State state(String status) {
    return switch (status) {
      case "created" -> Container.State.CREATED;
      case "running", "paused", "restarting" -> Container.State.RUNNING;
      default -> Container.State.EXITED;
    };
  }

  /** The tags, and the digests for an image that has lost its tag. */
  private static List<String> names(List<String> tags, List<String> digests) {
    return Stream.of(tags, digests)
        .filter(Objects::nonNull)
        .flatMap(List::stream)
        .filter(name -> !name.contains("<none>"))
        .toList();
  }

  private static Optional<String> digest(List<String> digests) {
    return Stream.ofNullable(digests)
        .flatMap(List::stream)
        .map(digest -> digest.substring(digest.indexOf('@') + 1))
        .findFirst();
  }

  private static List<String> list(String[] texts) {
    return texts == null ? List.of() : List.of(texts);
  }
}
