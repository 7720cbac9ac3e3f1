package org.homeport.bridge.server;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.homeport.bridge.engine.ContainerEngine;
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
  /** The time that a server has to end by itself, once it is asked to. */
  static final Duration GRACE = Duration.ofSeconds(10);

  private static final Duration ENGINE_PAUSE = Duration.ofSeconds(1);

  /** The age of the last look at the network, at most, when a container is made. */
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
  private final ServerSpecs specs;
  private final Claim claim;
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
    this.specs = new ServerSpecs(settings);
    this.claim = new Claim(settings, engine);
    this.readiness = new Readiness(engine, settings.answerWithin());
  }

  /** Asks the engine for the image of a start: ahead of it, as the answer takes its time. */
  CompletableFuture<Optional<Image>> look(ImageName image) {
    return CompletableFuture.supplyAsync(() -> images.find(image), threads);
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
      var container = claim.run(start, specs.of(start, request, plan, image, files));
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
    var present = images.find(plan.image());
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
          start.events().report(Phase.QUEUED, before, 0, PlaceInLine.sentence(before));
        });
  }
}
