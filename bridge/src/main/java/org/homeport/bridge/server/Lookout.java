package org.homeport.bridge.server;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.homeport.bridge.engine.Container;
import org.homeport.bridge.engine.ContainerEngine;
import org.homeport.bridge.engine.ListedContainer;
import org.homeport.bridge.server.Server.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at servers as they are now, and does what follows from what it sees. */
final class Lookout {
  private static final Logger log = LoggerFactory.getLogger(Lookout.class);

  private final ServerSettings settings;
  private final ContainerEngine engine;
  private final Launcher launcher;
  private final ServerTable table;
  private final Observation observation;
  private final ServerLocks locks;
  private final Starts starts;
  private final Stops stops;

  Lookout(
      ServerSettings settings,
      ContainerEngine engine,
      Launcher launcher,
      ServerTable table,
      Observation observation,
      ServerLocks locks,
      Starts starts,
      Stops stops) {
    this.settings = settings;
    this.engine = engine;
    this.launcher = launcher;
    this.table = table;
    this.observation = observation;
    this.locks = locks;
    this.starts = starts;
    this.stops = stops;
  }

  /** The server of that id; empty when nothing is known of it. */
  Optional<Server> find(String id) {
    return starts
        .underWay(id)
        .or(() -> locks.ifFree(id, () -> settle(id)).orElseGet(() -> glance(id)));
  }

  /** All servers, by id: seen in one list, and closer where that is not enough. */
  List<Server> list() {
    var remembered =
        table.all().stream().collect(Collectors.toMap(Server::id, Function.identity()));
    var containers = containers();
    var ids = new TreeSet<>(remembered.keySet());
    ids.addAll(containers.keySet());
    ids.addAll(starts.idsUnderWay());
    return ids.stream()
        .flatMap(
            id ->
                listed(
                    id,
                    Optional.ofNullable(remembered.get(id)),
                    Optional.ofNullable(containers.get(id)))
                    .stream())
        .toList();
  }

  /** The containers of servers by the servers' ids; none whose labels do not fit its name. */
  Map<String, ListedContainer> containers() {
    var containers = new HashMap<String, ListedContainer>();
    for (var container : engine.containers()) {
      ServerLabels.of(container.labels())
          .map(ServerLabels::id)
          .filter(id -> settings.container(id).equals(container.name()))
          .ifPresentOrElse(
              id -> containers.put(id, container),
              () -> log.debug("container={} is not one of a server", container.name()));
    }
    return containers;
  }

  /** The server's container, unless the name is another's. */
  Optional<Container> container(String id) {
    return engine
        .container(settings.container(id))
        .filter(container -> settings.areOurs(container.labels()));
  }

  private Optional<Server> listed(
      String id, Optional<Server> remembered, Optional<ListedContainer> container) {
    return starts
        .underWay(id)
        .or(() -> remembered.flatMap(server -> Observation.asListed(server, container)))
        .or(() -> find(id));
  }

  /** Looks at a server while somebody works on it: concludes nothing. */
  private Optional<Server> glance(String id) {
    var server = starts.underWay(id).or(() -> observation.of(table.find(id), container(id)));
    return stops.isUnderWay(id)
        ? server.map(seen -> seen.as(State.STOPPING, seen.since()))
        : server;
  }

  /** Looks at a server on which nobody works, and does what follows from what it sees. */
  private Optional<Server> settle(String id) {
    var container = container(id);
    var remembered = table.find(id);
    var observed = observation.of(remembered, container);
    container
        .filter(found -> found.state() == Container.State.CREATED)
        .ifPresent(found -> engine.remove(found.id()));
    var isNews = !observed.map(Server::withoutAddress).equals(remembered);
    var seen = isNews ? observed.map(this::noted) : observed;
    seen.filter(server -> server.state() == State.STARTING)
        .ifPresent(
            server ->
                goOnWaiting(
                    server,
                    container.map(Container::labels).flatMap(ServerLabels::of).orElseThrow()));
    return seen;
  }

  /** Remembers what became of a server; one that ended tells what it wrote last. */
  private Server noted(Server server) {
    var seen =
        server
            .failure()
            .map(why -> Failures.withLog(why, engine.log(server.container(), Failures.LAST_LINES)))
            .map(why -> server.failed(why, server.exitCode(), server.since()))
            .orElse(server);
    table.note(seen);
    return seen;
  }

  private void goOnWaiting(Server server, ServerLabels labels) {
    var start = new Start(server, labels.fingerprint(), new ServerEvents());
    starts.beginIfNone(start, () -> launcher.goOnWaiting(start));
  }
}
