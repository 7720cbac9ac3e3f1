package org.homeport.bridge.server;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.homeport.bridge.engine.Container;
import org.homeport.bridge.engine.ContainerEngine;
import org.homeport.bridge.engine.EngineUnavailable;
import org.homeport.spawn.progress.Progress.Phase;

/** Waits until a server that was started answers, or is known not to. */
final class Readiness {
  private static final Duration POLL = Duration.ofMillis(10);
  private static final Duration LOOK = Duration.ofMillis(500);

  /** How long a server that does not answer keeps others from starting. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ContainerEngine engine;
  private final Duration atMost;

  Readiness(ContainerEngine engine, Duration atMost) {
    this.engine = engine;
    this.atMost = atMost;
  }

  /**
   * Returns at the moment the server answers. An engine that is away meanwhile ends nothing.
   *
   * @param patienceOver runs when the server takes so long that others should not wait for it
   * @throws StartFailed when its container ends, or the time
   */
  Server await(Start start, String container, Runnable patienceOver) {
    start.events().report(Phase.WAITING, 0, 1, "Waiting for your server to answer.");
    var began = System.nanoTime();
    var nextLook = began;
    var seen = Optional.<Container>empty();
    while (System.nanoTime() - began < atMost.toNanos()) {
      start.checkWanted();
      if (System.nanoTime() >= nextLook) {
        seen = look(start, container, seen);
        nextLook = System.nanoTime() + LOOK.toNanos();
      }
      var server = seen.flatMap(Readiness::answering);
      if (server.isPresent()) {
        return server.get();
      }
      if (System.nanoTime() - began > PATIENCE.toNanos()) {
        patienceOver.run();
      }
      start.pause(POLL);
    }
    engine.stop(container, Launcher.GRACE);
    throw failed(container, Failures.of(start.server()).noAnswer(atMost), OptionalInt.empty());
  }

  private Optional<Container> look(Start start, String container, Optional<Container> before) {
    Optional<Container> found;
    try {
      found = engine.container(container);
    } catch (EngineUnavailable e) {
      return before;
    }
    var failures = Failures.of(start.server());
    if (found.isEmpty()) {
      throw new StartFailed(failures.removed(), OptionalInt.empty());
    }
    if (found.get().state() != Container.State.RUNNING) {
      var memory = ServerLabels.of(found.get()).orElseThrow().memory();
      throw failed(container, failures.ended(found.get(), memory), found.get().exitCode());
    }
    return found;
  }

  private static Optional<Server> answering(Container container) {
    var labels = ServerLabels.of(container).orElseThrow();
    return labels
        .address(container)
        .filter(address -> HttpAnswer.comesFrom(address, labels.answersAt()))
        .map(address -> labels.server(container, Server.State.RUNNING));
  }

  private StartFailed failed(String container, Failure failure, OptionalInt exitCode) {
    var lines = engine.log(container, Failures.LAST_LINES);
    return new StartFailed(Failures.withLog(failure, lines), exitCode);
  }
}
