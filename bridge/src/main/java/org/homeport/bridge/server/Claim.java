package org.homeport.bridge.server;

import java.util.Optional;
import org.homeport.bridge.engine.Container;
import org.homeport.bridge.engine.ContainerEngine;
import org.homeport.bridge.engine.ContainerSpec;
import org.homeport.bridge.engine.EngineRejected;
import org.homeport.bridge.engine.EngineUnavailable;

/** Takes the name of a server's container for a start; what else has the name gives way. */
final class Claim {
  private static final int TRIES = 3;

  private final ServerSettings settings;
  private final ContainerEngine engine;

  Claim(ServerSettings settings, ContainerEngine engine) {
    this.settings = settings;
    this.engine = engine;
  }

  /**
   * The id of the server's container, which was started: a new one, or the one that is there for
   * this very request already.
   */
  String run(Start start, ContainerSpec spec) {
    for (var tries = 0; tries < TRIES; tries++) {
      var started = engine.run(spec);
      if (started.isPresent()) {
        return started.get();
      }
      var other = other(spec.name());
      if (serves(start, other)) {
        return other.id();
      }
      engine.stop(other.id(), Launcher.GRACE);
      engine.remove(other.id());
    }
    throw new EngineUnavailable("The name " + spec.name() + " does not become free.");
  }

  private Container other(String name) {
    return engine
        .container(name)
        .orElseThrow(() -> new EngineUnavailable("The container " + name + " is being removed."));
  }

  /** One of this start has to have been started; one of an earlier, equal start has to run. */
  private boolean serves(Start start, Container other) {
    var labels =
        Optional.of(other.labels())
            .filter(settings::areOurs)
            .flatMap(ServerLabels::of)
            .orElseThrow(
                () ->
                    new EngineRejected(
                        "the name " + other.name() + " is taken by a container of somebody else"));
    var isOurs = labels.reference().equals(start.server().reference());
    var isAlike = labels.fingerprint().equals(start.fingerprint());
    return switch (other.state()) {
      case CREATED -> false;
      case RUNNING -> isOurs || isAlike;
      case EXITED -> isOurs;
    };
  }
}
