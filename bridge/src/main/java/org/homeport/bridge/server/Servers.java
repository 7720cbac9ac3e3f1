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
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.homeport.bridge.engine.Container;
import org.homeport.bridge.engine.ContainerEngine;
import org.homeport.bridge.engine.EngineUnavailable;
import org.homeport.bridge.environment.Images;
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
  private final ServerLocks locks = new ServerLocks();
  private final Starts starts;
  private final Set<String> stopping = ConcurrentHashMap.newKeySet();
  private final Executor threads;
  private final Clock clock;
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
      Executor threads,
      Clock clock) {
    this.settings = settings;
    this.engine = engine;
    this.planner = planner;
    this.launcher = new Launcher(settings, engine, images, homes, threads, clock);
    this.table = table;
    this.observation = new Observation(clock);
    this.starts = new Starts(table, locks, threads, clock);
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
    planner.checkPolicy(request.spawn());
    var id = ServerId.of(request.spawn().user(), request.spawn().serverName()).id();
    var present = launcher.look(request.spawn().image());
    return alreadyThere(id, request.fingerprint())
        .orElseGet(
            () -> {
              var plan = planner.plan(request.spawn());
              var fresh = fresh(id, request);
              return starts
                  .beginOrJoin(fresh, () -> launcher.launch(fresh, request, plan, present))
                  .server();
            });
  }

  /** The server of that id as it is now; empty when nothing is known of it. */
  public Optional<Server> find(String id) {
    if (!isId(id)) {
      return Optional.empty();
    }
    return starts
        .underWay(id)
        .or(() -> locks.ifFree(id, () -> settle(id)).orElseGet(() -> glance(id)));
  }

  /** All servers that are known, as they are now, by id. */
  public List<Server> list() {
    var remembered =
        table.all().stream().collect(Collectors.toMap(Server::id, Function.identity()));
    var containers =
        engine.containers().stream()
            .filter(container -> ServerLabels.of(container).isPresent())
            .collect(
                Collectors.toMap(
                    container -> ServerLabels.of(container).orElseThrow().id(),
                    Function.identity()));
    var ids = new TreeSet<>(remembered.keySet());
    ids.addAll(containers.keySet());
    ids.addAll(starts.idsUnderWay());
    return ids.stream()
        .flatMap(
            id ->
                find(
                    id,
                    Optional.ofNullable(remembered.get(id)),
                    Optional.ofNullable(containers.get(id)))
                    .stream())
        .toList();
  }

  /** How many servers are in each state, without a question to the engine. */
  public Map<State, Long> counts() {
    return table.all().stream()
        .map(server -> starts.underWay(server.id()).orElse(server).state())
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  /**
   * What the starts under way are at: those that are furthest first, then the line in its order.
   */
  public List<StartUnderWay> starts() {
    return starts
        .underWay()
        .flatMap(start -> StartUnderWay.of(start).stream())
        .sorted(StartUnderWay.FURTHEST_FIRST)
        .toList();
  }

  /** Ends a server gracefully, and a start under way; returns when it is gone. Repeatable. */
  public void stop(String id) {
    if (isId(id)) {
      starts.cancel(id);
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
    return starts.last(id).map(Start::events).or(() -> server.map(ServerEvents::endedAs));
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
            } catch (RuntimeException e) {
              log.error("some servers are found again only when somebody asks for them", e);
              return;
            }
          }
        });
  }

  /** Stops working on starts; leaves every container as it is. */
  @Override
  public void close() {
    closing = true;
    starts.close();
  }

  /** The server that a request asks for, if it runs already or is about to. */
  private Optional<Server> alreadyThere(String id, String fingerprint) {
    var joined = starts.last(id).filter(start -> start.serves(fingerprint)).map(Start::server);
    if (joined.isPresent()) {
      return joined;
    }
    if (table.find(id).filter(server -> !server.state().isAtRest()).isEmpty()) {
      return Optional.empty(); // should there be a container all the same, the start comes upon it
    }
    return container(id)
        .filter(container -> container.state() == Container.State.RUNNING)
        .flatMap(ServerLabels::of)
        .filter(labels -> labels.fingerprint().equals(fingerprint))
        .flatMap(labels -> find(id))
        .filter(server -> !server.state().isAtRest());
  }

  private Start fresh(String id, ServerRequest request) {
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
            Reference.ofThisWork().value(),
            clock.instant());
    var seen = starts.last(id).map(start -> start.events().lastId()).orElse(0L);
    return new Start(server, request.fingerprint(), new ServerEvents(seen));
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
    starts.forget(id);
    launcher.forget(id);
  }

  private Optional<Container> container(String id) {
    return engine.container(settings.container(id)).filter(settings::isOurs);
  }

  /** What was seen of a server among all others; looks again where that is news. */
  private Optional<Server> find(
      String id, Optional<Server> remembered, Optional<Container> container) {
    var seen = observation.of(remembered, container);
    var isNews = !seen.map(Server::withoutAddress).equals(remembered);
    return isNews || starts.underWay(id).isPresent() ? find(id) : seen;
  }

  /** Looks at a server while somebody works on it: concludes nothing. */
  private Optional<Server> glance(String id) {
    var server = starts.underWay(id).or(() -> observation.of(table.find(id), container(id)));
    return stopping.contains(id)
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
            server -> goOnWaiting(server, container.flatMap(ServerLabels::of).orElseThrow()));
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
    table.save(seen);
    return seen;
  }

  private void goOnWaiting(Server server, ServerLabels labels) {
    var start = new Start(server, labels.fingerprint(), new ServerEvents());
    starts.beginIfNone(start, () -> launcher.goOnWaiting(start));
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
}
