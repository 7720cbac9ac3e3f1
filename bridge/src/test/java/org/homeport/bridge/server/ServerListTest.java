package org.homeport.bridge.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.homeport.bridge.engine.ContainerSpec;
import org.homeport.bridge.engine.FakeEngine;
import org.homeport.bridge.engine.FakeImages;
import org.homeport.bridge.server.Server.State;
import org.homeport.spawn.Limits;
import org.homeport.spawn.identity.HubUser;
import org.homeport.spawn.identity.ServerName;
import org.homeport.spawn.mount.DataSources;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerListTest {
  private static final int MANY = 300;

  private final FakeEngine engine = new FakeEngine("fake");
  private final FakeImages images = new FakeImages();
  private TestBridge bridge;

  @BeforeEach
  void open(@TempDir Path folder) {
    var setup =
        new TestBridge.Setup(
            "fake", folder, DataSources.NONE, Limits.NONE, 2, Duration.ofSeconds(30));
    bridge = new TestBridge(setup, engine, images);
    for (var number = 0; number < MANY; number++) {
      engine.run(spec("user" + number));
    }
    bridge.servers().recover();
  }

  @AfterEach
  void close() {
    bridge.close();
  }

  @Test
  void aListOfKnownServersLooksAtNoneOfThemByItself() {
    var looks = engine.looks();
    assertThat(bridge.servers().list())
        .hasSize(MANY)
        .allSatisfy(
            server -> {
              assertThat(server.state()).isEqualTo(State.RUNNING);
              assertThat(server.address()).contains(new Server.Address("127.0.0.1", 8888));
            });
    assertThat(engine.looks()).isEqualTo(looks);
  }

  @Test
  void aServerThatEndedMeanwhileIsLookedAtOnce() {
    engine.stop("fake-user7", Duration.ZERO);
    var looks = engine.looks();
    for (var times = 0; times < 2; times++) {
      assertThat(bridge.servers().list())
          .filteredOn(server -> server.state() != State.RUNNING)
          .extracting(Server::id)
          .containsExactly("user7");
    }
    assertThat(engine.looks()).isEqualTo(looks + 1);
  }

  @Test
  void aServerWhoseContainerWasRemovedIsReported() {
    engine.remove("fake-user7");
    assertThat(bridge.servers().list())
        .filteredOn(server -> server.id().equals("user7"))
        .allSatisfy(
            server -> assertThat(server.failure().orElseThrow().code()).isEqualTo("removed"));
  }

  @Test
  void theListIsWhatALookAtEachServerShows() {
    engine.stop("fake-user7", Duration.ZERO);
    engine.remove("fake-user8");
    for (var server : bridge.servers().list()) {
      assertThat(bridge.servers().find(server.id())).contains(server);
    }
  }

  private ContainerSpec spec(String user) {
    var labels =
        new ServerLabels(
            user,
            HubUser.of(user),
            ServerName.DEFAULT,
            FakeImages.TINY,
            "5f0c92ab",
            "f00d",
            8888,
            "/api",
            OptionalLong.empty());
    return new ContainerSpec(
        "fake-" + user,
        images.find(FakeImages.TINY).orElseThrow().id(),
        70000,
        70000,
        List.of(),
        List.of("sleep"),
        Path.of("/"),
        Map.of(),
        List.of(),
        Limits.NONE,
        labels.toMap());
  }
}
