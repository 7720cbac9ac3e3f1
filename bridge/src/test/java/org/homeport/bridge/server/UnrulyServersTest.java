package org.homeport.bridge.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.homeport.bridge.engine.Container;
import org.homeport.bridge.engine.ContainerEngine;
import org.homeport.bridge.engine.FakeEngine;
import org.homeport.bridge.engine.FakeImages;
import org.homeport.bridge.engine.ListedContainer;
import org.homeport.bridge.server.Server.State;
import org.homeport.spawn.Limits;
import org.homeport.spawn.SpawnRequest;
import org.homeport.spawn.identity.HubUser;
import org.homeport.spawn.identity.ServerName;
import org.homeport.spawn.mount.DataSources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers whose user's code does what it likes, on an engine in memory. */
class UnrulyServersTest {
  private final FakeEngine engine = new FakeEngine("fake");
  @TempDir private Path folder;

  @Test
  @Timeout(120)
  void serversThatTrickleKeepNobodyFromStarting() throws IOException {
    try (var trickling = new Peer(Peer::trickle);
        var answering = new Peer(Peer::answer);
        var bridge = bridge(engine, Duration.ofSeconds(1))) {
      for (var user : List.of("ada", "bob", "cem")) {
        bridge.servers().start(request(user, trickling));
      }
      bridge.servers().start(request("dot", answering));
      await().atMost(Duration.ofSeconds(60)).until(() -> state(bridge, "dot") == State.RUNNING);
      await().atMost(Duration.ofSeconds(60)).until(() -> state(bridge, "ada") == State.FAILED);
    }
  }

  @Test
  @Timeout(120)
  void aStopEndsTheContainerOfAStartThatHangs() throws Exception {
    var hangs = new CountDownLatch(1);
    var over = new CountDownLatch(1);
    var hanging =
        Intercepted.of(
            ContainerEngine.class,
            engine,
            (method, arguments, call) -> {
              if (method.equals("container") && Thread.currentThread().getName().equals("start")) {
                hangs.countDown();
                over.await();
              }
              return call.proceed();
            });
    try (var answering = new Peer(Peer::answer);
        var bridge = bridge(hanging, Duration.ofSeconds(30))) {
      bridge.servers().start(request("ada", answering));
      hangs.await();
      var stopped = CompletableFuture.runAsync(() -> bridge.servers().stop("ada"));
      await()
          .untilAsserted(
              () ->
                  assertThat(engine.containers())
                      .extracting(ListedContainer::state)
                      .containsExactly(Container.State.EXITED));
      over.countDown();
      stopped.get();
      assertThat(state(bridge, "ada")).isEqualTo(State.STOPPED);
      assertThat(engine.containers()).isEmpty();
    }
  }

  private TestBridge bridge(ContainerEngine around, Duration answerWithin) {
    var setup =
        new TestBridge.Setup("fake", folder, DataSources.NONE, Limits.NONE, 2, answerWithin);
    return new TestBridge(setup, around, new FakeImages());
  }

  private static State state(TestBridge bridge, String id) {
    return bridge.servers().find(id).orElseThrow().state();
  }

  private static ServerRequest request(String user, Peer peer) {
    return new ServerRequest(
        new SpawnRequest(HubUser.of(user), ServerName.DEFAULT, FakeImages.TINY, List.of()),
        List.of("sleep"),
        List.of(),
        Map.of(),
        peer.address().port(),
        "/api",
        Limits.NONE);
  }
}
