package org.homeport.bridge.server;

import java.time.Clock;
import java.util.Optional;
import java.util.OptionalInt;
import org.homeport.bridge.engine.Container;
import org.homeport.bridge.engine.ListedContainer;
import org.homeport.bridge.server.Server.State;

/**
 * Puts together what is remembered of a server and what its container shows, while nobody works on
 * it. The container is the truth about what runs; what is remembered says how it came to be, and
 * what came of a later start that never had a container.
 */
final class Observation {
  private final Clock clock;

  Observation(Clock clock) {
    this.clock = clock;
  }

  Optional<Server> of(Optional<Server> remembered, Optional<Container> container) {
    return container
        .flatMap(
            found -> ServerLabels.of(found.labels()).map(labels -> of(remembered, found, labels)))
        .or(() -> remembered.map(this::withoutContainer));
  }

  /**
   * The server as a list of all containers shows it; empty when only a closer look can tell.
   *
   * @param container empty when the list has none
   */
  static Optional<Server> asListed(Server remembered, Optional<ListedContainer> container) {
    if (container.isEmpty()) {
      return Optional.of(remembered).filter(server -> server.state().isAtRest());
    }
    var found = container.get();
    var labels =
        ServerLabels.of(found.labels())
            .filter(one -> one.reference().equals(remembered.reference()));
    return switch (found.state()) {
      case CREATED -> Optional.empty();
      case RUNNING ->
          labels
              .filter(one -> remembered.state() == State.RUNNING)
              .map(one -> remembered.at(one.address(found.address())));
      case EXITED -> labels.filter(one -> remembered.state().isAtRest()).map(one -> remembered);
    };
  }

  private Server of(Optional<Server> remembered, Container container, ServerLabels labels) {
    var same = remembered.filter(server -> server.reference().equals(labels.reference()));
    return switch (container.state()) {
      case RUNNING -> running(same, container, labels);
      case EXITED ->
          same.or(() -> remembered.filter(server -> server.since().isAfter(container.since())))
              .filter(server -> server.state().isAtRest())
              .orElseGet(() -> ended(container, labels));
      case CREATED ->
          remembered
              .map(this::withoutContainer)
              .orElseGet(() -> interrupted(labels.server(container, State.FAILED)));
    };
  }

  /** A start that was waiting for the answer goes on waiting for it. */
  private static Server running(Optional<Server> same, Container container, ServerLabels labels) {
    var awaited = same.filter(server -> server.state() == State.STARTING).isPresent();
    return labels.server(container, awaited ? State.STARTING : State.RUNNING);
  }

  private static Server ended(Container container, ServerLabels labels) {
    var server = labels.server(container, State.STOPPED);
    if (container.exitCode().orElse(0) == 0) {
      return server;
    }
    var why = Failures.of(server).ended(container, labels.memory());
    return server.failed(why, container.exitCode(), container.since());
  }

  private Server withoutContainer(Server server) {
    return switch (server.state()) {
      case QUEUED, STARTING -> interrupted(server);
      case RUNNING ->
          server.failed(Failures.of(server).removed(), OptionalInt.empty(), clock.instant());
      case STOPPING -> server.as(State.STOPPED, clock.instant());
      case STOPPED, FAILED -> server;
    };
  }

  private Server interrupted(Server server) {
    return server.failed(Failures.of(server).interrupted(), OptionalInt.empty(), clock.instant());
  }
}
