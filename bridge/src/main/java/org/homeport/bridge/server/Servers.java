package org.homeport.bridge.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import org.homeport.bridge.engine.Container;
import org.homeport.bridge.engine.ContainerEngine;
import org.homeport.bridge.engine.EngineUnavailable;
import org.homeport.bridge.log.Reference;
import org.homeport.bridge.server.Server.State;
import org.homeport.spawn.SpawnPlan;
import org.homeport.spawn.SpawnPlanner;
import org.homeport.spawn.SpawnRequest;
import org.homeport.spawn.home.HomePreparer;
import org.homeport.spawn.identity.ServerId;
import org.homeport.spawn.refusal.SpawnRefused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The story of a user's server: start, state, stop, and finding everything again after a restart.
 *
 * <p>Every method may be called from any thread. {@link EngineUnavailable} means: ask again later;
 * it says nothing about the server.
 */
public final class Servers implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Servers.class);
  private static final Duration RECOVERY_PAUSE = Duration.ofSeconds(3);

  private final ServerSettings settings;
  private final ContainerEngine engine;
  private final SpawnPlanner planner;
  private final Launcher launcher;
  private final ServerTable table;
  private final Observation observation;
  private final ExecutorService threads;
  private final Clock clock;

  /** The last start of each server in this run of the bridge. */
  private final Map<String, Start> starts = new ConcurrentHashMap<>();

  private final ServerLocks locks = new ServerLocks();
  private final Set<String> stopping = ConcurrentHashMap.newKeySet();
  private volatile boolean closing;

  /**
   * @param threads run the starts: as many as there are starts under way
   */
  public Servers(
      ServerSettings settings,
      ContainerEngine engine,
      SpawnPlanner planner,
      Images images,
      HomePreparer homes,
      ServerTable table,
      ExecutorService threads,
      Clock clock) {
    this.settings = settings;
    this.engine = engine;
    this.planner = planner;
    this.launcher = new Launcher(settings, engine, images, homes, clock);
    this.table = table;
    this.observation = new Observation(clock);
    this.threads = threads;
    this.clock = clock;
  }

  /**
   * Starts a user's server, and returns at once; how it gets on is told by {@link #events}.
   * Repeatable: the same request joins a start under way or finds the running server; a different
   * one of the same user and server name takes its place.
   *
   * @throws SpawnRefused when policy does not allow it
   */
  public Server start(ServerRequest request) {
    var id = ServerId.of(request.spawn().user(), request.spawn().serverName()).id();
    var fingerprint = request.fingerprint();
    var before = Optional.ofNullable(starts.get(id));
    if (before.isPresent() && before.get().serves(fingerprint)) {
      return before.get().server();
    }
    if (runsFor(id, fingerprint)) {
      return find(id).orElseThrow();
    }
    var plan = planner.plan(request.spawn());
    var fresh = fresh(id, request, before);
    var start =
        starts.merge(
            id,
            fresh,
            (current, ours) -> {
              if (current.serves(fingerprint)) {
                return current;
              }
              current.cancel();
              return ours;
            });
    if (start == fresh) {
      begin(start, () -> launcher.launch(start, request, plan));
    }
    return start.server();
  }

  /** The server of that id as it is now; empty when nothing is known of it. */
  public Optional<Server> find(String id) {
    if (!isId(id)) {
      return Optional.empty();
    }
    var underWay = underWay(id);
    return underWay.isPresent()
        ? underWay
        : locks.ifFree(id, () -> settle(id)).orElseGet(() -> glance(id));
  }

  /** All servers that are known, as they are now, by id. */
  public List<Server> list() {
    var containers = new TreeMap<String, Container>();
    for (var container : engine.containers()) {
      ServerLabels.of(container).ifPresent(labels -> containers.put(labels.id(), container));
    }
    var remembered = new TreeMap<String, Server>();
    table.all().forEach(server -> remembered.put(server.id(), server));
    var ids = new TreeSet<>(containers.keySet());
    ids.addAll(remembered.keySet());
    starts.forEach((id, start) -> ids.add(id));
    return ids.stream()
        .flatMap(
            id ->
                underWay(id)
                    .or(
                        () ->
                            observation.of(
                                Optional.ofNullable(remembered.get(id)),
                                Optional.ofNullable(containers.get(id))))
                    .stream())
        .toList();
  }

  /** Ends a server gracefully, and a start under way; returns when it is gone. Repeatable. */
  public void stop(String id) {
    if (isId(id)) {
      Optional.ofNullable(starts.get(id)).ifPresent(Start::cancel);
      locks.alone(id, () -> end(id));
    }
  }

  /** Stops a server and forgets what is remembered of it; never files. Repeatable. */
  public void forget(String id) {
    stop(id);
    if (isId(id)) {
      locks.alone(id, () -> erase(id));
    }
  }

  /** The events of the server's last start; empty when nothing is known of it. */
  public Optional<ServerEvents> events(String id) {
    var server = find(id);
    return Optional.ofNullable(starts.get(id))
        .map(Start::events)
        .or(() -> server.map(ServerEvents::endedAs));
  }

  /** The last lines that the server wrote; empty when nothing is known of it. */
  public Optional<String> log(String id, int lines) {
    return find(id).map(server -> engine.log(server.container(), lines));
  }

  /** What a spawn would look like. Changes nothing. */
  public SpawnPlan plan(SpawnRequest request) {
    return planner.preview(request);
  }

  /**
   * Prepares home and environment folder as a start would, and starts nothing. Blocks while the
   * image is pulled. Repeatable.
   */
  public SpawnPlan prepare(SpawnRequest request) {
    var plan = planner.plan(request);
    try {
      launcher.prepare(plan);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return plan;
  }

  /**
   * Finds every server again after a restart of the bridge: keeps what runs, goes on waiting for
   * what is about to, removes what was only half made. Repeatable.
   */
  public void recover() {
    engine.removeLeftovers();
    var ids = new TreeSet<String>();
    for (var container : engine.containers()) {
      ServerLabels.of(container).ifPresent(labels -> ids.add(labels.id()));
    }
    for (var server : table.all()) {
      if (!server.state().isAtRest()) {
        ids.add(server.id());
      }
    }
    ids.forEach(this::find);
  }

  /** Does {@link #recover} soon, and again until the engine is there for it. */
  public void recoverSoon() {
    threads.execute(
        () -> {
          while (!closing) {
            try {
              recover();
              return;
            } catch (EngineUnavailable e) {
              log.warn("servers cannot be found again yet: {}", e.getMessage());
              pause(RECOVERY_PAUSE);
            }
          }
        });
  }

  /** Stops working on starts; leaves every container as it is. */
  @Override
  public void close() {
    closing = true;
    starts.values().forEach(Start::cancel);
  }

  private Start fresh(String id, ServerRequest request, Optional<Start> before) {
    var spawn = request.spawn();
    var server =
        new Server(
            id,
            spawn.user(),
            spawn.serverName(),
            spawn.image(),
            settings.container(id),
            State.STARTING,
            Optional.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            Reference.next().value(),
            clock.instant());
    var seen = before.map(start -> start.events().lastId()).orElse(0L);
    return new Start(server, request.fingerprint(), new ServerEvents(seen));
  }

  private void begin(Start start, Work work) {
    threads.execute(() -> locks.alone(start.server().id(), () -> runMarked(start, work)));
  }

  private void runMarked(Start start, Work work) {
    new Reference(start.server().reference())
        .during(
            () -> {
              try {
                run(start, work);
              } finally {
                start.end();
              }
            });
  }

  private void run(Start start, Work work) {
    var began = System.nanoTime();
    var id = start.server().id();
    try {
      start.checkWanted();
      log.info("server={} starts with image={}", id, start.server().image());
      table.save(start.server());
      var server = work.run();
      table.save(server);
      start.became(server);
      start.events().ready(server.address().orElseThrow());
      log.info("server={} answers after {} ms", id, (System.nanoTime() - began) / 1_000_000);
    } catch (Exception | LinkageError | OutOfMemoryError e) {
      if (!closing) { // else the next bridge goes on with it
        end(start, e);
      }
    }
  }

  private void end(Start start, Throwable cause) {
    var server = start.server();
    if (cause instanceof CancellationException) {
      end(start, server.as(State.STOPPED, clock.instant()));
    } else if (cause instanceof StartFailed e) {
      // without the message, which may quote what the server wrote
      log.warn("server={} failed: {}, {}", server.id(), e.failure().code(), e.exitCode());
      end(start, server.failed(e.failure(), e.exitCode(), clock.instant()));
    } else {
      log.warn("server={} failed", server.id(), cause);
      var failure = Failures.of(server).of(cause);
      end(start, server.failed(failure, OptionalInt.empty(), clock.instant()));
    }
  }

  private void end(Start start, Server ended) {
    start.became(ended);
    start.events().failed(ended.failure().orElseGet(() -> Failures.of(ended).cancelled()));
    try {
      table.save(ended);
    } catch (RuntimeException e) {
      log.error("server={} ended, which cannot be remembered", ended.id(), e);
    }
  }

  private void end(String id) {
    var container = container(id);
    var server = observation.of(table.find(id), container);
    if (server.isEmpty()) {
      return;
    }
    var ended = server.get();
    if (container.isPresent()) {
      stopping.add(id);
      try {
        ended = end(ended, container.get());
      } finally {
        stopping.remove(id);
      }
    }
    table.save(ended.state().isAtRest() ? ended : ended.as(State.STOPPED, clock.instant()));
  }

  private Server end(Server server, Container container) {
    log.info("server={} stops, reference={}", server.id(), server.reference());
    if (!server.state().isAtRest()) {
      table.save(server.as(State.STOPPING, clock.instant()));
    }
    engine.stop(container.id(), Launcher.GRACE);
    var exitCode =
        engine.container(container.id()).map(Container::exitCode).orElse(OptionalInt.empty());
    engine.remove(container.id());
    return server.state().isAtRest() ? server : server.stopped(exitCode, clock.instant());
  }

  private void erase(String id) {
    table.forget(id);
    starts.computeIfPresent(id, (key, start) -> start.isUnderWay() ? start : null);
    try {
      launcher.forget(id);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<Server> underWay(String id) {
    return Optional.ofNullable(starts.get(id)).filter(Start::isUnderWay).map(Start::server);
  }

  private boolean runsFor(String id, String fingerprint) {
    return container(id)
        .filter(container -> container.state() == Container.State.RUNNING)
        .flatMap(ServerLabels::of)
        .filter(labels -> labels.fingerprint().equals(fingerprint))
        .isPresent();
  }

  private Optional<Container> container(String id) {
    return engine.container(settings.container(id)).filter(settings::isOurs);
  }

  /** Looks at a server while somebody works on it: concludes nothing. */
  private Optional<Server> glance(String id) {
    var underWay = underWay(id);
    if (underWay.isPresent()) {
      return underWay;
    }
    var server = observation.of(table.find(id), container(id));
    return stopping.contains(id)
        ? server.map(seen -> seen.as(State.STOPPING, seen.since()))
        : server;
  }

  /** Looks at a server on which nobody works, and does what follows from what it sees. */
  private Optional<Server> settle(String id) {
    var container = container(id);
    var remembered = table.find(id);
    var seen = observation.of(remembered, container);
    container
        .filter(found -> found.state() == Container.State.CREATED)
        .ifPresent(found -> engine.remove(found.id()));
    seen.filter(server -> !remembered.equals(Optional.of(server.withoutAddress())))
        .ifPresent(table::save);
    seen.filter(server -> server.state() == State.STARTING)
        .ifPresent(
            server -> goOnWaiting(server, container.flatMap(ServerLabels::of).orElseThrow()));
    return seen;
  }

  private void goOnWaiting(Server server, ServerLabels labels) {
    var start = new Start(server, labels.fingerprint(), new ServerEvents());
    var current = starts.merge(server.id(), start, (old, ours) -> old.isUnderWay() ? old : ours);
    if (current == start) {
      begin(start, () -> launcher.goOnWaiting(start));
    }
  }

  private static boolean isId(String text) {
    try {
      return new ServerId(text).id().equals(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What a start does; returns the running server. */
  private interface Work {
    Server run() throws Exception;
  }
}
