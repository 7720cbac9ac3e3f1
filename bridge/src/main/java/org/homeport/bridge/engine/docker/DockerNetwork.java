package org.homeport.bridge.engine.docker;

import com.github.dockerjava.api.exception.ConflictException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.homeport.bridge.engine.ContainerEngine;
import org.homeport.bridge.engine.EngineUnavailable;
import org.homeport.bridge.engine.Network;

/** The network of one bridge's servers, on which they cannot reach each other. */
final class DockerNetwork {
  private final EngineCalls calls;
  private final String name;

  DockerNetwork(EngineCalls calls, String name) {
    this.calls = calls;
    this.name = name;
  }

  /** The network, created when it is missing. */
  Network get() {
    return find().orElseGet(this::create);
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
              calls.effect(
                  "make the network " + name,
                  EngineCalls.SLOW,
                  this::create,
                  Set.of(ConflictException.class)); // a repeated call had worked the first time
              return find();
            })
        .orElseThrow(() -> new EngineUnavailable("The network " + name + " vanished."));
  }

  private void create(EngineConnection connection) {
    connection
        .calls()
        .createNetworkCmd()
        .withName(name)
        .withDriver("bridge")
        .withCheckDuplicate(true)
        .withOptions(Map.of(DockerAnswers.ICC, "false"))
        .withLabels(Map.of(ContainerEngine.NETWORK_LABEL, name))
        .exec();
  }
}
