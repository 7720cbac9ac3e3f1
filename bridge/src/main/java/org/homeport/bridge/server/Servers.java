package org.homeport.bridge.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
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
import org.homeport.spawn.image.ImageName;
import org.homeport.spawn.refusal.SpawnRefused;

/**
 * The story of a user's server: start, state, stop, and finding everything again after a restart.
 *
 * <p>Every method may be called from any thread. {@link EngineUnavailable} means: ask again later;
 * it says nothing about the server.
 */
public final class Servers implements AutoCloseable {
  private final ServerSettings settings;
  private final SpawnPlanner planner;
  private final Launcher launcher;
  private final ContainerEngine engine;
  private final ServerTable table;
  private final Starts starts;
  private final Stops stops;
  private final Lookout lookout;
  private final Recovery recovery;
  private final Interruptions interruptions;
  private final Executor threads;
  private final Clock clock;

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
    this.planner = planner;
    this.engine = engine;
    this.table = table;
    this.threads = threads;
    this.clock = clock;
    var locks = new ServerLocks();
    var observation = new Observation(clock);
    launcher = new Launcher(settings, engine, images, homes, threads, clock);
    starts = new Starts(table, locks, threads, clock);
    stops = new Stops(settings, engine, table, observation, locks, starts, clock);
    lookout = new Lookout(settings, engine, launcher, table, observation, locks, starts, stops);
    recovery = new Recovery(images, table, lookout);
    interruptions = new Interruptions(table, clock);
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
              interruptions.check(id);
              var plan = planner.plan(request.spawn());
              var fresh = fresh(id, request);
              return starts
                  .beginOrJoin(fresh, () -> launcher.launch(fresh, request, plan, present))
                  .server();
            });
  }

  /** The server of that id as it is now; empty when nothing is known of it. */
  public Optional<Server> find(String id) {
    return isId(id) ? lookout.find(id) : Optional.empty();
  }

  /** All servers that are known, as they are now, by id. */
  public List<Server> list() {
    return lookout.list();
  }

  /** The ids of the servers that have a container of that image, in any state. */
  public List<String> withImage(ImageName image) {
    return engine.containers().stream()
        .flatMap(container -> ServerLabels.of(container.labels()).stream())
        .filter(labels -> labels.image().equals(image))
        .map(ServerLabels::id)
        .sorted()
        .toList();
  }

  /** Counts the servers in each state, without a question to the engine. */
  public Map<State, Long> counts() {
    return table.all().stream()
        .map(server -> starts.underWay(server.id()).orElse(server).state())
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  /**
   * The progress of the starts under way: those that are furthest first, then the line in its
   * order.
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
      stops.stop(id);
    }
  }

  /** Stops a server and forgets what is remembered of it; never files. Repeatable. */
  public void forget(String id) {
    if (isId(id)) {
      stops.forget(id);
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

  /** Previews a spawn. Changes nothing. */
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
    recovery.run();
  }

  /** Does {@link #recover} soon, and again until the engine is there for it. */
  public void recoverSoon() {
    threads.execute(recovery::runUntilDone);
  }

  /** Stops working on starts; leaves every container as it is. */
  @Override
  public void close() {
    recovery.close();
    starts.close();
  }

  /** The server that a request asks for, if it runs already or is about to. */
  private Optional<Server> alreadyThere(String id, String fingerprint) {
    var joined = starts.last(id).filter(start -> start.serves(fingerprint)).map(Start::server);
    if (joined.isPresent()) {
      return joined;
    }
    if (table.find(id).filter(server -> !server.state().isAtRest()).isEmpty()) {
      return Optional.empty(); // should there be a container all the same, the start finds it
    }
    return lookout
        .container(id)
        .filter(container -> container.state() == Container.State.RUNNING)
        .flatMap(container -> ServerLabels.of(container.labels()))
        .filter(labels -> labels.fingerprint().equals(fingerprint))
        .flatMap(labels -> lookout.find(id))
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

  private static boolean isId(String text) {
    try {
      return new ServerId(text).id().equals(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
