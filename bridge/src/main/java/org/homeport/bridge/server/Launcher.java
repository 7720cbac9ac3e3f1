package org.homeport.bridge.server;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.homeport.bridge.engine.Container;
import org.homeport.bridge.engine.ContainerEngine;
import org.homeport.bridge.engine.ContainerSpec;
import org.homeport.bridge.engine.EngineRejected;
import org.homeport.bridge.engine.EngineUnavailable;
import org.homeport.bridge.engine.Image;
import org.homeport.bridge.environment.Images;
import org.homeport.spawn.SpawnPlan;
import org.homeport.spawn.home.HomePreparer;
import org.homeport.spawn.image.ImageName;
import org.homeport.spawn.progress.Progress;
import org.homeport.spawn.progress.Progress.Phase;
import org.homeport.spawn.seed.ImageFiles;

/** The steps of one start, from its plan to the server's first answer. */
final class Launcher {
  /** How long a server has to end by itself, once it is asked to. */
  static final Duration GRACE = Duration.ofSeconds(10);

  private static final int TRIES = 3;
  private static final int FAR_BACK = 15;
  private static final Duration ENGINE_PAUSE = Duration.ofSeconds(1);

  /** How old the last look at the network may be when a container is made. */
  private static final Duration NETWORK_HOLDS = Duration.ofSeconds(1);

  private static final String ENGINE_AWAY =
      "The container engine gives no answer at the moment: your start goes on when it does.";

  private final ServerSettings settings;
  private final ContainerEngine engine;
  private final Images images;
  private final HomePreparer homes;
  private final Executor threads;
  private final Clock clock;
  private final StartGate gate;
  private final Readiness readiness;

  Launcher(
      ServerSettings settings,
      ContainerEngine engine,
      Images images,
      HomePreparer homes,
      Executor threads,
      Clock clock) {
    this.settings = settings;
    this.engine = engine;
    this.images = images;
    this.homes = homes;
    this.threads = threads;
    this.clock = clock;
    this.gate = new StartGate(settings.startsAtOnce());
    this.readiness = new Readiness(engine, settings.answerWithin());
  }

  /** Asks the engine for the image of a start: ahead of it, as the answer takes its time. */
  CompletableFuture<Optional<Image>> look(ImageName image) {
    return CompletableFuture.supplyAsync(() -> engine.image(image), threads);
  }

  /**
   * Starts a server; returns as soon as it answers.
   *
   * @param present the image, as {@link #look} found it
   */
  Server launch(
      Start start,
      ServerRequest request,
      SpawnPlan plan,
      CompletableFuture<Optional<Image>> present)
      throws IOException {
    plan.warnings().forEach(start.events()::warn);
    try {
      return launchNow(start, request, plan, present);
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
        return launchNow(start, request, plan, look(plan.image()));
      } catch (EngineUnavailable e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
      }
    }
  }

  private Server launchNow(
      Start start,
      ServerRequest request,
      SpawnPlan plan,
      CompletableFuture<Optional<Image>> present)
      throws IOException {
    var events = start.events();
    events.report(Phase.CHECKING, 0, 1, "Checking the environment " + plan.image() + ".");
    var asked = System.nanoTime();
    var network = CompletableFuture.supplyAsync(engine::network, threads);
    var image = start.await(images.bring(plan.image(), start.await(present), events, events::warn));
    var files = images.files(image);
    try (var turn = queue(start)) {
      start.await(turn.come());
      start.became(start.server().as(Server.State.STARTING, clock.instant()));
      if (System.nanoTime() - asked > NETWORK_HOLDS.toNanos()) { // after a pull, or in line
        network = CompletableFuture.supplyAsync(engine::network, threads);
      }
      prepareHome(plan, files, events);
      start.await(network);
      events.report(Phase.CREATING, 0, 1, "Making your server.");
      var container = containerFor(start, spec(start, request, plan, image, files));
      run(container);
      return readiness.await(start, container, turn);
    }
  }

  /** Waits for the answer of a server whose container runs already. */
  Server goOnWaiting(Start start) {
    try (var turn = gate.enter()) {
      return readiness.await(start, start.server().container(), turn);
    }
  }

  /** Does the part of a start that others need who run the container themselves. Blocks. */
  void prepare(SpawnPlan plan) throws IOException {
    var present = engine.image(plan.image());
    var image = Start.join(images.bring(plan.image(), present, Progress.SILENT, warning -> {}));
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

  /** Far back only in tens, or everybody would be told of each step of everybody. */
  static String placeInLine(int before) {
    var place =
        switch (before) {
          case 0 -> "your turn is next";
          case 1 -> "1 person before you";
          default ->
              before < FAR_BACK
                  ? before + " people before you"
                  : "about " + Math.round(before / 10.0) * 10 + " people before you";
        };
    return "Many servers start at the moment: " + place + ".";
  }

  private ContainerSpec spec(
      Start start, ServerRequest request, SpawnPlan plan, Image image, ImageFiles files) {
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
        Stream.concat(plan.mounts().stream(), names.mounts().stream()).toList(),
        limits,
        labels.toMap());
  }

  /** Removes what a server has of its own besides the container. */
  void forget(String id) {
    engine.forget(settings.container(id));
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
   * The id of the server's container: a new one, or the one that runs for this very request
   * already. Whatever else has its name gives way.
   */
  private String containerFor(Start start, ContainerSpec spec) {
    for (var tries = 0; tries < TRIES; tries++) {
      var made = engine.create(spec);
      if (made.isPresent()) {
        return made.get();
      }
      var container =
          engine
              .container(spec.name())
              .orElseThrow(
                  () ->
                      new EngineUnavailable("The container " + spec.name() + " is being removed."));
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
        return container.id();
      }
      engine.stop(container.id(), GRACE);
      engine.remove(container.id());
    }
    throw new EngineUnavailable("The name " + spec.name() + " does not become free.");
  }

  private void run(String container) {
    try {
      engine.start(container);
    } catch (EngineRejected e) {
      engine.remove(container);
      throw e;
    }
  }
}
