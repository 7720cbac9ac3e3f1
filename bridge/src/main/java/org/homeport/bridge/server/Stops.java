package org.homeport.bridge.server;

import java.time.Clock;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.homeport.bridge.engine.Container;
import org.homeport.bridge.engine.ContainerEngine;
import org.homeport.bridge.server.Server.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends servers, and those that are starting. */
final class Stops {
  private static final Logger log = LoggerFactory.getLogger(Stops.class);

  private final ServerSettings settings;
  private final ContainerEngine engine;
  private final ServerTable table;
  private final Observation observation;
  private final ServerLocks locks;
  private final Starts starts;
  private final Clock clock;
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();

  Stops(
      ServerSettings settings,
      ContainerEngine engine,
      ServerTable table,
      Observation observation,
      ServerLocks locks,
      Starts starts,
      Clock clock) {
    this.settings = settings;
    this.engine = engine;
    this.table = table;
    this.observation = observation;
    this.locks = locks;
    this.starts = starts;
    this.clock = clock;
  }

  /**
   * Returns when the server is gone. Repeatable. The container of a start under way ends at once,
   * whatever its start waits for.
   */
  void stop(String id) {
    starts.cancel(id);
    if (starts.underWay(id).isPresent()) {
      container(id).ifPresent(found -> engine.stop(found.id(), Launcher.GRACE));
    }
    locks.alone(id, () -> end(id));
  }

  /** Stops a server and forgets what is remembered of it; never files. Repeatable. */
  void forget(String id) {
    stop(id);
    locks.alone(id, () -> erase(id));
  }

  boolean isUnderWay(String id) {
    return underWay.contains(id);
  }

  private void end(String id) {
    var container =
        engine.container(settings.container(id)).filter(found -> settings.areOurs(found.labels()));
    var server = observation.of(table.find(id), container);
    if (server.isPresent()) {
      var ended = container.isPresent() ? end(server.get(), container.get()) : server.get();
      table.note(ended.state().isAtRest() ? ended : ended.as(State.STOPPED, clock.instant()));
    }
  }

  private Optional<Container> container(String id) {
    return engine
        .container(settings.container(id))
        .filter(found -> settings.areOurs(found.labels()));
  }

  private Server end(Server server, Container container) {
    underWay.add(server.id());
    try {
      log.info("server={} stops, reference={}", server.id(), server.reference());
      if (!server.state().isAtRest()) {
        table.note(server.as(State.STOPPING, clock.instant()));
      }
      var exitCode = endContainer(container);
      return server.state().isAtRest() ? server : server.stopped(exitCode, clock.instant());
    } finally {
      underWay.remove(server.id());
    }
  }

  private OptionalInt endContainer(Container container) {
    engine.stop(container.id(), Launcher.GRACE);
    Optional<Container> ended = engine.container(container.id());
    engine.remove(container.id());
    return ended.map(Container::exitCode).orElse(OptionalInt.empty());
  }

  private void erase(String id) {
    table.forget(id);
    starts.forget(id);
    engine.forget(settings.container(id));
  }
}
