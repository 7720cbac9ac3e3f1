package org.homeport.bridge.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.homeport.bridge.engine.Container;
import org.homeport.bridge.engine.ContainerEngine;
import org.homeport.bridge.engine.ContainerSpec;
import org.homeport.bridge.engine.EngineRejected;
import org.homeport.bridge.engine.EngineUnavailable;
import org.homeport.bridge.engine.Image;
import org.homeport.spawn.SpawnPlan;
import org.homeport.spawn.home.HomePreparer;
import org.homeport.spawn.progress.Progress;
import org.homeport.spawn.progress.Progress.Phase;
import org.homeport.spawn.seed.ImageFiles;

/** The steps of one start, from its plan to the server's first answer. */
final class Launcher {
  /** How long a server has to end by itself, once it is asked to. */
  static final Duration GRACE = Duration.ofSeconds(10);

  private static final int TRIES = 3;
  private static final Duration ENGINE_PAUSE = Duration.ofSeconds(1);
  private static final String ENGINE_AWAY =
      "The container engine gives no answer at the moment: your start goes on when it does.";

  private final ServerSettings settings;
  private final ContainerEngine engine;
  private final Images images;
  private final HomePreparer homes;
  private final Clock clock;
  private final StartGate gate;
  private final Readiness readiness;

  Launcher(
      ServerSettings settings,
      ContainerEngine engine,
      Images images,
      HomePreparer homes,
      Clock clock) {
    this.settings = settings;
    this.engine = engine;
    this.images = images;
    this.homes = homes;
    this.clock = clock;
    this.gate = new StartGate(settings.startsAtOnce());
    this.readiness = new Readiness(engine, settings.answerWithin());
  }

  /** Starts a server; returns at the moment it answers. */
  Server launch(Start start, ServerRequest request, SpawnPlan plan) throws IOException {
    plan.warnings().forEach(start.events()::warn);
    try {
      return launchNow(start, request, plan);
    } catch (EngineUnavailable e) {
      start.events().warn(ENGINE_AWAY);
      return launchAgain(start, request, plan);
    }
  }

  /** Each step of a start is repeatable: so an engine that is away for a while only delays it. */
  private Server launchAgain(Start start, ServerRequest request, SpawnPlan plan)
      throws IOException {
    var deadline = System.nanoTime() + settings.answerWithin().toNanos();
    while (true) {
      start.pause(ENGINE_PAUSE);
      try {
        return launchNow(start, request, plan);
      } catch (EngineUnavailable e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
      }
    }
  }

  private Server launchNow(Start start, ServerRequest request, SpawnPlan plan) throws IOException {
    var events = start.events();
    events.report(Phase.CHECKING, 0, 1, "Checking the environment " + plan.image() + ".");
    var image = start.await(images.bring(plan.image(), events, events::warn));
    var files = images.files(image);
    try (var turn = queue(start)) {
      start.await(turn.come());
      start.became(start.server().as(Server.State.STARTING, clock.instant()));
      prepareHome(plan, files, events);
      start.checkWanted();
      events.report(Phase.CREATING, 0, 1, "Making your server.");
      engine.network();
      var container = containerFor(start, spec(start, request, plan, image, files));
      run(container);
      return readiness.await(start, container.id(), turn::close);
    }
  }

  /** Waits for the answer of a server whose container runs already. */
  Server goOnWaiting(Start start) {
    return readiness.await(start, start.server().container(), () -> {});
  }

  /** Does the part of a start that others need who run the container themselves. Blocks. */
  void prepare(SpawnPlan plan) throws IOException {
    var image = Start.join(images.bring(plan.image(), Progress.SILENT, warning -> {}));
    prepareHome(plan, images.files(image), Progress.SILENT);
  }

  private void prepareHome(SpawnPlan plan, ImageFiles files, Progress progress) {
    var began = System.nanoTime();
    var copied = new AtomicLong();
    Progress counted =
        (phase, done, total, message) -> {
          copied.set(done);
          progress.report(phase, done, total, message);
        };
    var isDone = false;
    try {
      homes.prepare(
          plan.user(),
          plan.account(),
          plan.image(),
          plan.environmentFolder(),
          files.seed(),
          counted);
      isDone = true;
    } finally {
      SpawnMetrics.seeded(isDone, (System.nanoTime() - began) / 1e9, copied.get());
    }
  }

  private StartGate.Turn queue(Start start) {
    return gate.queue(
        before -> {
          start.became(start.server().as(Server.State.QUEUED, clock.instant()));
          start.events().report(Phase.QUEUED, before, 0, placeInLine(before));
        });
  }

  private static String placeInLine(int before) {
    return switch (before) {
      case 0 -> "Many servers start at the moment: your turn is next.";
      case 1 -> "Many servers start at the moment: 1 person before you.";
      default -> "Many servers start at the moment: " + before + " people before you.";
    };
  }

  private ContainerSpec spec(
      Start start, ServerRequest request, SpawnPlan plan, Image image, ImageFiles files)
      throws IOException {
    var server = start.server();
    var account = plan.account();
    var names = NameFiles.of(account, files);
    var limits = request.limits().orElse(settings.limits());
    var labels =
        new ServerLabels(
            server.id(),
            server.user(),
            server.serverName(),
            server.image(),
            server.reference(),
            start.fingerprint(),
            request.port(),
            request.answersAt(),
            limits.memory());
    return new ContainerSpec(
        server.container(),
        image.id(),
        account.uid(),
        account.gid(),
        account.groups().stream().map(group -> group.gid()).toList(),
        command(request, image),
        plan.workingDirectory(),
        environment(request, plan, names.shell()),
        Stream.concat(plan.mounts().stream(), names.write(folderOf(server.id())).stream()).toList(),
        limits,
        labels.toMap());
  }

  /** Removes what a server has of its own besides the container. */
  void forget(String id) throws IOException {
    NameFiles.delete(folderOf(id));
  }

  private Path folderOf(String id) {
    return settings.folder().resolve(id);
  }

  private static List<String> command(ServerRequest request, Image image) {
    if (request.command().isEmpty() && request.arguments().isEmpty()) {
      return List.of();
    }
    var command = request.command().isEmpty() ? image.command() : request.command();
    return Stream.concat(command.stream(), request.arguments().stream()).toList();
  }

  /** The hub's variables, except that nobody can make the user somebody else. */
  private static Map<String, String> environment(
      ServerRequest request, SpawnPlan plan, String shell) {
    var environment = new HashMap<>(request.environment());
    environment.putAll(plan.environment());
    environment.put("SHELL", shell);
    return environment;
  }

  /**
   * The server's container: a new one, or the one that runs for this very request already. Whatever
   * else has its name gives way.
   */
  private Container containerFor(Start start, ContainerSpec spec) {
    for (var tries = 0; tries < TRIES; tries++) {
      var container = engine.create(spec);
      var labels =
          Optional.of(container)
              .filter(settings::isOurs)
              .flatMap(ServerLabels::of)
              .orElseThrow(
                  () ->
                      new EngineRejected(
                          "the name " + spec.name() + " is taken by a container of somebody else"));
      var isOurs = labels.reference().equals(start.server().reference());
      var isAlike = labels.fingerprint().equals(start.fingerprint());
      if (isOurs || isAlike && container.state() == Container.State.RUNNING) {
        return container;
      }
      engine.stop(container.id(), GRACE);
      engine.remove(container.id());
    }
    throw new EngineUnavailable("The name " + spec.name() + " does not become free.");
  }

  private void run(Container container) {
    try {
      engine.start(container.id());
    } catch (EngineRejected e) {
      engine.remove(container.id());
      throw e;
    }
  }
}
