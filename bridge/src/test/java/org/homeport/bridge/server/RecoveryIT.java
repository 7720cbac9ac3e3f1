package org.homeport.bridge.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.homeport.bridge.database.OnBothDatabases;
import org.homeport.bridge.database.TestDatabase;
import org.homeport.bridge.engine.Container;
import org.homeport.bridge.engine.ListedContainer;
import org.homeport.bridge.engine.docker.EngineBed;
import org.homeport.bridge.server.Server.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@OnBothDatabases
class RecoveryIT {
  private static final int KILLED = 137;

  private ServersBed bed;

  @BeforeEach
  void open() throws IOException {
    bed = new ServersBed();
  }

  @AfterEach
  void close() throws IOException {
    bed.close();
  }

  @Test
  void aRunningServerIsFoundAgainAndLeftAlone() {
    var before = bed.run(bed.bridge(), bed.request("ada"));
    var container = bed.containers();
    var servers = bed.bridge();
    servers.recover();
    servers.recover();
    assertThat(servers.find("ada")).contains(before);
    assertThat(servers.start(bed.request("ada"))).isEqualTo(before);
    assertThat(bed.containers()).isEqualTo(container);
  }

  @Test
  void aRunningServerIsFoundAgainWhenTheDatabaseIsLost() {
    var before = bed.run(bed.bridge(), bed.request("ada"));
    bed.loseDatabase();
    var servers = bed.bridge();
    servers.recover();
    assertThat(servers.list()).containsExactly(before);
    servers.stop("ada");
    assertThat(bed.containers()).isEmpty();
  }

  @Test
  void aServerIsFoundBeforeTheRecoveryCameToIt() {
    var before = bed.run(bed.bridge(), bed.request("ada"));
    bed.loseDatabase();
    assertThat(bed.bridge().find("ada")).contains(before);
  }

  @Test
  void aServerThatDiedMeanwhileIsReportedAndGoesAtTheNextStart() {
    var server = bed.run(bed.bridge(), bed.request("ada"));
    bed.docker().docker("kill", server.container());
    var servers = bed.bridge();
    servers.recover();
    var dead = servers.find("ada").orElseThrow();
    assertThat(dead.state()).isEqualTo(State.FAILED);
    assertThat(dead.exitCode()).isEqualTo(OptionalInt.of(KILLED));
    assertThat(bed.containers()).hasSize(1);
    bed.run(servers, bed.request("ada"));
    assertThat(bed.containers()).hasSize(1);
  }

  @Test
  void aServerThatWasAboutToAnswerIsWaitedFor() throws IOException {
    var first = bed.bridge();
    var gate = bed.folder().resolve("homes/ada/go");
    var command =
        List.of("sh", "-c", "until [ -e ~/go ]; do sleep 0.1; done; exec jupyterhub-singleuser");
    var request = bed.request("ada", EngineBed.TINY, command);
    var name = "name=" + first.start(request).container();
    await().until(() -> !bed.docker().docker("ps", "-q", "--filter", name).isEmpty());
    first.close();

    var servers = bed.bridge();
    servers.recover();
    assertThat(servers.find("ada").orElseThrow().state()).isEqualTo(State.STARTING);
    assertThat(servers.start(request).state()).isEqualTo(State.STARTING);
    Files.createFile(gate);
    bed.await(servers, "ada", State.RUNNING);
    assertThat(bed.containers()).hasSize(1);
  }

  /** The calls of a start to the engine, in order: the method, and its how-manieth call it is. */
  static Stream<Arguments> steps() {
    var calls =
        Stream.of("find 1", "open 1", "network 1", "run 1", "container 1")
            .flatMap(call -> Stream.of(Arguments.of("before", call), Arguments.of("after", call)));
    return Stream.concat(
        calls, Stream.of(Arguments.of("half-way", "open 1"), Arguments.of("half-way", "run 1")));
  }

  @ParameterizedTest(name = "killed {0} {1}")
  @MethodSource("steps")
  void aBridgeKilledInAStartLeavesNothingDoubledOrHalfMade(String when, String call)
      throws Exception {
    assertThat(startAndBeKilled(call, when)).isEqualTo(KILLED);
    var left = containers();

    var servers = bed.bridge();
    servers.recover();
    servers.recover();

    var running = left.stream().filter(one -> one.state() == Container.State.RUNNING).toList();
    assertThat(containers()).isEqualTo(running);
    assertThat(bed.readers()).isEmpty();
    if (running.isEmpty()) {
      assertThat(servers.list())
          .allSatisfy(
              server -> assertThat(server.failure().orElseThrow().code()).isEqualTo("interrupted"));
    } else {
      bed.await(servers, "ada", State.RUNNING);
    }
    bed.run(servers, bed.request("ada"));
    assertThat(containers()).hasSize(1).containsAll(running);
  }

  private List<ListedContainer> containers() {
    return bed.docker().engine().containers();
  }

  /** Runs a bridge that starts ada's server until it is killed; the exit code of its process. */
  private int startAndBeKilled(String call, String when) throws Exception {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                TestDatabase.option(TestBridge.databaseIn(bed.folder())),
                "-cp",
                System.getProperty("java.class.path"),
                DoomedBridge.class.getName(),
                bed.docker().network(),
                bed.folder().toString(),
                "ada"));
    command.addAll(List.of(call.split(" ")));
    command.add(when);
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
