package org.homeport.bridge.engine.docker;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.model.Network.Ipam;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.homeport.bridge.engine.ContainerEngine;
import org.homeport.bridge.engine.EngineRejected;
import org.homeport.bridge.engine.EngineUnavailable;
import org.homeport.bridge.engine.Network;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The network of one bridge's servers, on which they cannot reach each other. It keeps its subnet
 * when it has to be created again: the hub listens at an address on it.
 */
final class DockerNetwork {
  private static final Logger log = LoggerFactory.getLogger(DockerNetwork.class);

  private final EngineCalls calls;
  private final String name;
  private final Optional<Subnet> chosen;
  private final Path record;
  private volatile Optional<Network> last = Optional.empty();

  /**
   * @param record the file that remembers the subnet
   */
  DockerNetwork(EngineCalls calls, DockerSettings settings, Path record) {
    this.calls = calls;
    this.name = settings.network();
    this.chosen = settings.subnet().map(Subnet::of);
    this.record = record;
  }

  /** The network, created when it is missing. */
  Network get() {
    var network = find().orElseGet(this::create);
    if (!last.equals(Optional.of(network))) {
      network.subnet().ifPresent(this::remember);
      last = Optional.of(network);
    }
    return network;
  }

  /** From a list, which does not name every container on it as a closer look would. */
  private Optional<Network> find() {
    return calls
        .demand(
            "list the networks",
            EngineCalls.QUICK,
            connection -> connection.calls().listNetworksCmd().withNameFilter(name).exec())
        .stream()
        .filter(found -> found.getName().equals(name)) // the engine's filter takes a part of it
        .findFirst()
        .map(DockerAnswers::network);
  }

  /** One at a time: the engine does not keep two networks of one name from being made at once. */
  private synchronized Network create() {
    return find()
        .or(
            () -> {
              createSomewhere();
              return find();
            })
        .orElseThrow(() -> new EngineUnavailable("The network " + name + " vanished."));
  }

  /** Prefers the subnet of before, and takes any other when that is in use. */
  private void createSomewhere() {
    var before = chosen.or(this::remembered);
    try {
      create(before);
    } catch (EngineRejected e) {
      if (chosen.isPresent() || before.isEmpty()) {
        throw e;
      }
      create(Optional.empty());
      log.warn("the network {} cannot be in {} again: {}", name, before.get(), e.getMessage());
    }
  }

  private void create(Optional<Subnet> subnet) {
    calls.effect(
        "make the network " + name,
        EngineCalls.SLOW,
        connection -> create(connection, subnet),
        Set.of(ConflictException.class)); // a repeated call had worked the first time
  }

  private void create(EngineConnection connection, Optional<Subnet> subnet) {
    var command =
        connection
            .calls()
            .createNetworkCmd()
            .withName(name)
            .withDriver("bridge")
            .withCheckDuplicate(true)
            .withOptions(Map.of(DockerAnswers.ICC, "false"))
            .withLabels(Map.of(ContainerEngine.NETWORK_LABEL, name));
    subnet.ifPresent(
        range ->
            command.withIpam(
                new Ipam()
                    .withConfig(
                        new Ipam.Config()
                            .withSubnet(range.toString())
                            .withGateway(range.gateway()))));
    command.exec();
  }

  private Optional<Subnet> remembered() {
    try {
      return Files.exists(record)
          ? Optional.of(Subnet.of(Files.readString(record).strip()))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      log.warn("{} cannot be read", record, e);
      return Optional.empty();
    }
  }

  private void remember(String subnet) {
    try {
      var beside = record.resolveSibling(record.getFileName() + ".new");
      Files.createDirectories(record.toAbsolutePath().getParent());
      Files.writeString(beside, subnet + "\n");
      Files.move(beside, record, ATOMIC_MOVE, REPLACE_EXISTING);
    } catch (IOException e) {
      log.warn("the subnet {} cannot be remembered in {}", subnet, record, e);
    }
  }
}
