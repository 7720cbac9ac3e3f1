package org.homeport.bridge.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.homeport.bridge.database.TestDatabase;
import org.homeport.bridge.engine.ContainerEngine;
import org.homeport.bridge.engine.ImageStore;
import org.homeport.bridge.engine.docker.EngineBed;
import org.homeport.bridge.server.Server.State;
import org.homeport.spawn.Limits;
import org.homeport.spawn.SpawnRequest;
import org.homeport.spawn.identity.HubUser;
import org.homeport.spawn.identity.ServerName;
import org.homeport.spawn.image.ImageName;
import org.homeport.spawn.mount.DataSource;
import org.homeport.spawn.mount.DataSources;

/** Servers on the real engine, with homes and state in a folder that is gone afterwards. */
final class ServersBed implements AutoCloseable {
  static final Limits LIMITS =
      new Limits(OptionalLong.of(64L << 20), OptionalDouble.of(1), OptionalLong.of(100));
  static final Duration SOON = Duration.ofSeconds(30);

  private final EngineBed engineBed = new EngineBed();
  private final Path folder = Path.of("/var/tmp", engineBed.network());
  private final List<TestBridge> bridges = new ArrayList<>();

  ServersBed() throws IOException {
    Files.createDirectory(folder);
  }

  EngineBed docker() {
    return engineBed;
  }

  /** The folder with all of it: homes, state, and what a test puts there. */
  Path folder() {
    return folder;
  }

  Path home(String user) {
    return folder.resolve("homes").resolve(user);
  }

  TestBridge.Setup setup() {
    return new TestBridge.Setup(
        engineBed.network(), folder, DataSources.NONE, LIMITS, 2, Duration.ofSeconds(30));
  }

  /** Starts a bridge on what earlier ones left. */
  Servers bridge() {
    return bridge(setup());
  }

  Servers bridge(TestBridge.Setup setup) {
    return bridge(setup, engine -> engine);
  }

  Servers bridge(TestBridge.Setup setup, UnaryOperator<ContainerEngine> decorator) {
    return bridge(setup, decorator, images -> images);
  }

  Servers bridge(
      TestBridge.Setup setup,
      UnaryOperator<ContainerEngine> aroundEngine,
      UnaryOperator<ImageStore> aroundImages) {
    var engine = engineBed.engine();
    var bridge =
        new TestBridge(setup, aroundEngine.apply(engine), aroundImages.apply(engine.images()));
    bridges.add(bridge);
    return bridge.servers();
  }

  DataSource data(String name, boolean optional) {
    return new DataSource(folder.resolve(name), Path.of("/srv", name), optional);
  }

  /** Ends all bridges and removes what they remember. */
  void loseDatabase() {
    bridges.forEach(TestBridge::close);
    bridges.clear();
    TestDatabase.lose(TestBridge.databaseIn(folder));
  }

  ServerRequest request(String user) {
    return requestOf(user);
  }

  ServerRequest request(String user, ImageName image, List<String> command) {
    return requestOf(user, image, command, Map.of());
  }

  ServerRequest request(
      String user, ImageName image, List<String> command, Map<String, String> variables) {
    return requestOf(user, image, command, variables);
  }

  static ServerRequest requestOf(String user) {
    return requestOf(user, EngineBed.TINY, List.of(), Map.of());
  }

  private static ServerRequest requestOf(
      String user, ImageName image, List<String> command, Map<String, String> variables) {
    var environment = new HashMap<>(Map.of("JUPYTERHUB_SERVICE_PREFIX", "/user/" + user + "/"));
    environment.putAll(variables);
    return new ServerRequest(
        new SpawnRequest(HubUser.of(user), ServerName.DEFAULT, image, List.of()),
        command,
        List.of(),
        environment,
        8888,
        "/user/" + user + "/api",
        Limits.NONE);
  }

  /** Starts a server and waits for its answer. */
  Server run(Servers servers, ServerRequest request) {
    var server = servers.start(request);
    return await(servers, server.id(), State.RUNNING);
  }

  Server await(Servers servers, String id, State state) {
    return Awaitility.await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> servers.find(id).orElseThrow(),
            server -> {
              if (server.state() == State.FAILED && state != State.FAILED) {
                throw new AssertionError(server.failure());
              }
              return server.state() == state;
            });
  }

  /** Runs a command in a user's container, as the user, and returns what it prints. */
  String inside(Server server, String... command) {
    return engineBed.inside(server.container(), command);
  }

  /** Ids of the containers of servers, in any state. */
  List<String> containers() {
    return engineBed
        .docker(
            "ps",
            "-aq",
            "--no-trunc",
            "--filter",
            "label=org.homeport.network=" + engineBed.network())
        .lines()
        .toList();
  }

  /** Ids of the containers that only read an image. */
  List<String> readers() {
    return engineBed
        .docker("ps", "-aq", "--filter", "label=org.homeport.reader=" + engineBed.network())
        .lines()
        .toList();
  }

  @Override
  public void close() throws IOException {
    bridges.forEach(TestBridge::close);
    try {
      engineBed.close();
    } finally {
      removeFolder();
    }
  }

  private void removeFolder() throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
