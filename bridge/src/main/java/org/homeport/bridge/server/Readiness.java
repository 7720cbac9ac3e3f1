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
  private static final long SHORTEST_PAUSE = 10_000_000; // nanoseconds
  private static final long WAITED_IN_PAUSES = 50;
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final HttpAnswer ANSWER = new HttpAnswer(Duration.ofSeconds(5));

  /** The time for which a server that does not answer keeps others from starting. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ContainerEngine engine;
  private final Duration atMost;

  Readiness(ContainerEngine engine, Duration atMost) {
    this.engine = engine;
    this.atMost = atMost;
  }

  /**
   * Returns as soon as the server answers. An engine that is away meanwhile ends nothing.
   *
   * @param turn computes from the second look on, and ends when the server takes so long that
   *     others should not wait for it
   * @throws StartFailed when its container ends, or the time
   */
  Server await(Start start, String container, StartGate.Turn turn) {
    start.events().report(Phase.WAITING, 0, 1, "Waiting for your server to answer.");
    var began = System.nanoTime();
    var nextLook = began;
    var seen = Optional.<Seen>empty();
    while (System.nanoTime() - began < atMost.toNanos()) {
      start.checkWanted();
      if (System.nanoTime() >= nextLook) {
        seen = look(start, container, seen);
        nextLook = System.nanoTime() + LOOK.toNanos();
      }
      var server = seen.flatMap(Seen::ifAnswering);
      if (server.isPresent()) {
        return server.get();
      }
      if (System.nanoTime() - began > LOOK.toNanos()) {
        turn.computes();
      }
      if (System.nanoTime() - began > PATIENCE.toNanos()) {
        turn.close();
      }
      start.pause(pause(System.nanoTime() - began));
    }
    engine.stop(container, Launcher.GRACE);
    throw failed(container, Failures.of(start.server()).noAnswer(atMost), OptionalInt.empty());
  }

  /** So short that nobody waits longer by more than a fiftieth. */
  private static Duration pause(long waited) {
    return Duration.ofNanos(Math.max(SHORTEST_PAUSE, waited / WAITED_IN_PAUSES));
  }

  /** A container that runs, as of the last look. */
  private record Seen(Container container, ServerLabels labels) {
    Optional<Server> ifAnswering() {
      return labels
          .address(container.address())
          .filter(address -> ANSWER.comesFrom(address, labels.answersAt()))
          .map(address -> labels.server(container, Server.State.RUNNING));
    }
  }

  private Optional<Seen> look(Start start, String container, Optional<Seen> before) {
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
    var labels = ServerLabels.of(found.get().labels()).orElseThrow();
    if (found.get().state() != Container.State.RUNNING) {
      throw failed(container, failures.ended(found.get(), labels.memory()), found.get().exitCode());
    }
    return Optional.of(new Seen(found.get(), labels));
  }

  private StartFailed failed(String container, Failure failure, OptionalInt exitCode) {
    var lines = engine.log(container, Failures.LAST_LINES);
    return new StartFailed(Failures.withLog(failure, lines), exitCode);
  }
}
