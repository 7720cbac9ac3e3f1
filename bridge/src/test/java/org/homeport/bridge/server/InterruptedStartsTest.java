package org.homeport.bridge.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.homeport.spawn.Refusals.assertRefused;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.homeport.bridge.engine.ContainerEngine;
import org.homeport.bridge.engine.FakeEngine;
import org.homeport.bridge.engine.FakeImages;
import org.homeport.bridge.server.Server.State;
import org.homeport.spawn.Limits;
import org.homeport.spawn.SpawnRequest;
import org.homeport.spawn.identity.HubUser;
import org.homeport.spawn.identity.ServerName;
import org.homeport.spawn.mount.DataSources;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bridges that end in the middle of a start, one after the other on the same state. */
class InterruptedStartsTest {
  private final List<TestBridge> bridges = new ArrayList<>();
  @TempDir private Path folder;

  @AfterEach
  void close() {
    bridges.forEach(TestBridge::close);
  }

  @Test
  void aStartInWhichTheBridgeDiedThriceIsNotBegunAgainUntilItIsForgotten() {
    for (var times = 0; times < 3; times++) {
      begin(next());
    }
    var servers = next().servers();
    assertThat(servers.find("ada").orElseThrow().failure().orElseThrow().code())
        .isEqualTo("interrupted");
    assertRefused(() -> servers.start(request()), "interrupted-often");
    servers.stop("ada");
    assertRefused(() -> servers.start(request()), "interrupted-often");
    servers.forget("ada");
    assertThat(servers.start(request()).state()).isEqualTo(State.STARTING);
  }

  @Test
  void aBridgeThatIsStoppedInAStartDoesNotCount() {
    for (var times = 0; times < 4; times++) {
      var bridge = next();
      begin(bridge);
      bridge.servers().close();
    }
    assertThat(next().servers().start(request()).state()).isEqualTo(State.STARTING);
  }

  /** A bridge on what the last one left, whose engine never starts anything. */
  private TestBridge next() {
    var setup =
        new TestBridge.Setup(
            "fake", folder, DataSources.NONE, Limits.NONE, 2, Duration.ofSeconds(30));
    var never = new CountDownLatch(1);
    var engine =
        Intercepted.of(
            ContainerEngine.class,
            new FakeEngine("fake"),
            (method, arguments, call) -> {
              if (method.equals("run")) {
                never.await();
              }
              return call.proceed();
            });
    var bridge = new TestBridge(setup, engine, new FakeImages());
    bridges.add(bridge);
    bridge.servers().recover();
    return bridge;
  }

  private static void begin(TestBridge bridge) {
    bridge.servers().start(request());
    await()
        .until(
            () ->
                bridge.servers().events("ada").orElseThrow().latest().stream()
                    .anyMatch(event -> event.message().equals("Making your server.")));
  }

  private static ServerRequest request() {
    return new ServerRequest(
        new SpawnRequest(HubUser.of("ada"), ServerName.DEFAULT, FakeImages.TINY, List.of()),
        List.of("sleep"),
        List.of(),
        Map.of(),
        8888,
        "/api",
        Limits.NONE);
  }
}
