package org.homeport.bridge.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.homeport.bridge.database.OnBothDatabases;
import org.homeport.bridge.engine.ContainerEngine;
import org.homeport.bridge.engine.TestRegistry;
import org.homeport.bridge.engine.docker.EngineBed;
import org.homeport.bridge.server.Server.State;
import org.homeport.bridge.server.ServerEvent.Type;
import org.homeport.spawn.Limits;
import org.homeport.spawn.image.ImageName;
import org.homeport.spawn.progress.Progress.Phase;
import org.homeport.spawn.refusal.SpawnRefused;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@OnBothDatabases
class ServersIT {
  private static final List<String> SLEEP = List.of("sleep", "600");

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
  void aServerShowsItsUserFromItsFirstProcess() throws IOException {
    var server = bed.run(bed.bridge(), bed.request("ada"));
    var home = bed.home("ada").toString();
    var folder = home + "/homeport-test-tiny-1";
    assertThat(server.container()).isEqualTo(bed.docker().network() + "-ada");
    assertThat(bed.inside(server, "whoami")).isEqualTo("ada");
    assertThat(bed.inside(server, "id"))
        .isEqualTo("uid=70000(ada) gid=70000(ada) groups=70000(ada)");
    assertThat(bed.inside(server, "ps", "-o", "user").lines().skip(1)).containsOnly("ada");
    assertThat(bed.inside(server, "sh", "-c", "echo $HOME $USER $SHELL"))
        .isEqualTo(home + " ada /bin/sh");
    assertThat(bed.inside(server, "pwd")).isEqualTo(folder);
    assertThat(bed.inside(server, "cat", "/etc/passwd")).contains("root:x:0:0:");
    bed.inside(server, "touch", "made-inside");
    assertThat(Files.getAttribute(Path.of(folder, "made-inside"), "unix:uid")).isEqualTo(70000);
    assertThat(Files.getAttribute(Path.of(folder, "README.md"), "unix:uid")).isEqualTo(70000);
    assertThat(
            new HttpAnswer(ServersBed.SOON)
                .comesFrom(server.address().orElseThrow(), "/user/ada/api"))
        .isTrue();
  }

  @Test
  void theHubsVariablesArriveAndCannotMakeTheUserSomebodyElse() {
    var variables = Map.of("JUPYTERHUB_API_TOKEN", "t0ken", "HOME", "/root", "USER", "root");
    var server = bed.run(bed.bridge(), bed.request("ada", EngineBed.TINY, List.of(), variables));
    assertThat(bed.inside(server, "sh", "-c", "echo $JUPYTERHUB_API_TOKEN $HOME $USER"))
        .isEqualTo("t0ken " + bed.home("ada") + " ada");
    assertThat(
            bed.docker()
                .docker("inspect", "--format", "{{json .Config.Labels}}", server.container()))
        .contains("\"org.homeport.reference\":\"" + server.reference() + "\"")
        .doesNotContain("t0ken");
  }

  @Test
  void imagesOfAllKindsStart() {
    var servers = bed.bridge();
    var images =
        Map.of(
            "ada", bed.docker().image("root", "true", "USER root", "WORKDIR /srv"),
            "bob", bed.docker().image("other", "true", "USER jovyan", "WORKDIR /home/jovyan"),
            "cem", bed.docker().image("entry", "true", "ENTRYPOINT [\"env\"]"),
            "dot", bed.docker().image("bare", "rm -r /etc/passwd /etc/group /home/jovyan"));
    images.forEach(
        (user, image) -> {
          var server = bed.run(servers, bed.request(user, image, List.of()));
          assertThat(bed.inside(server, "whoami")).as(user).isEqualTo(user);
          assertThat(bed.inside(server, "pwd")).as(user).startsWith(bed.home(user).toString());
          assertThat(bed.inside(server, "cat", "/proc/1/environ").contains("ENTERED=yes"))
              .isFalse();
          assertThat(bed.inside(server, "ps", "-o", "args").contains("httpd")).isTrue();
        });
  }

  @Test
  void theEntrypointOfTheImageRunsTheCommand() {
    var image = bed.docker().image("entry", "true", "ENTRYPOINT [\"env\", \"ENTERED=yes\"]");
    var server = bed.run(bed.bridge(), bed.request("ada", image, List.of("jupyterhub-singleuser")));
    var environments = "cat /proc/[0-9]*/environ 2>/dev/null | tr '\\0' '\\n'";
    assertThat(bed.inside(server, "sh", "-c", environments)).contains("ENTERED=yes");
  }

  @Test
  void argumentsFollowTheImagesOwnCommand() {
    var image = bed.docker().image("echo", "true", "CMD [\"echo\", \"from the image\"]");
    var request = bed.request("ada", image, List.of());
    var withArguments =
        new ServerRequest(
            request.spawn(),
            List.of(),
            List.of("and", "from the hub"),
            request.environment(),
            request.port(),
            request.answersAt(),
            request.limits());
    var servers = bed.bridge();
    servers.start(withArguments);
    var failed = bed.await(servers, "ada", State.FAILED);
    assertThat(failed.failure().orElseThrow().message())
        .contains("from the image and from the hub");
  }

  @Test
  void theStartIsToldFromBeginningToEnd() throws InterruptedException {
    var servers = bed.bridge();
    var server = bed.run(servers, bed.request("ada"));
    var events = servers.events("ada").orElseThrow().after(0, Duration.ZERO);
    var last = events.get(events.size() - 1);
    assertThat(last.type()).isEqualTo(Type.READY);
    assertThat(last.address()).isEqualTo(server.address());
    assertThat(events).extracting(ServerEvent::phase).contains(Phase.WAITING);
  }

  @Test
  void twoStartsAtOnceMakeOneServer() {
    var servers = bed.bridge();
    var starts =
        Stream.generate(
                () -> CompletableFuture.supplyAsync(() -> servers.start(bed.request("ada"))))
            .limit(8)
            .toList();
    var references =
        starts.stream().map(CompletableFuture::join).map(Server::reference).distinct().toList();
    assertThat(references).hasSize(1);
    var running = bed.await(servers, "ada", State.RUNNING);
    assertThat(running.reference()).isEqualTo(references.get(0));
    assertThat(bed.containers()).hasSize(1);
  }

  @Test
  void theSameRequestFindsTheRunningServerAndADifferentOneReplacesIt() {
    var servers = bed.bridge();
    var first = bed.run(servers, bed.request("ada"));
    assertThat(servers.start(bed.request("ada"))).isEqualTo(first);

    var token = Map.of("JUPYTERHUB_API_TOKEN", "new");
    var second = bed.run(servers, bed.request("ada", EngineBed.TINY, List.of(), token));
    assertThat(second.reference()).isNotEqualTo(first.reference());
    assertThat(bed.inside(second, "sh", "-c", "echo $JUPYTERHUB_API_TOKEN")).isEqualTo("new");
    assertThat(bed.containers()).hasSize(1);
  }

  @Test
  void aDifferentRequestTakesThePlaceOfAStartUnderWay() {
    var servers = bed.bridge();
    var first = servers.start(bed.request("ada", EngineBed.TINY, SLEEP));
    await().until(() -> !bed.containers().isEmpty());
    var second = bed.run(servers, bed.request("ada"));
    assertThat(second.reference()).isNotEqualTo(first.reference());
    assertThat(bed.containers()).hasSize(1);
  }

  @Test
  void stoppingEndsAServerAndAStartUnderWay() {
    var servers = bed.bridge();
    bed.run(servers, bed.request("ada"));
    servers.stop("ada");
    servers.stop("ada");
    var stopped = servers.find("ada").orElseThrow();
    assertThat(stopped.state()).isEqualTo(State.STOPPED);
    assertThat(stopped.exitCode()).isEqualTo(OptionalInt.of(143));

    servers.start(bed.request("ada", EngineBed.TINY, SLEEP));
    await().until(() -> !bed.containers().isEmpty());
    servers.stop("ada");
    assertThat(servers.find("ada").orElseThrow().state()).isEqualTo(State.STOPPED);
    assertThat(bed.containers()).isEmpty();
    bed.run(servers, bed.request("ada"));
  }

  @Test
  void whatIsForgottenIsGoneButForTheHome() {
    var servers = bed.bridge();
    bed.run(servers, bed.request("ada"));
    servers.forget("ada");
    servers.forget("ada");
    assertThat(servers.find("ada")).isEmpty();
    assertThat(servers.list()).isEmpty();
    assertThat(servers.events("ada")).isEmpty();
    assertThat(bed.docker().texts()).isEmptyDirectory();
    assertThat(bed.home("ada").resolve("homeport-test-tiny-1/README.md")).exists();
  }

  @Test
  void anIdThatIsNoneKnowsNothing() {
    var servers = bed.bridge();
    for (var id : List.of("", "..", "../x", "A", "a b", "nobody")) {
      assertThat(servers.find(id)).isEmpty();
      assertThat(servers.log(id, 5)).isEmpty();
      servers.stop(id);
      servers.forget(id);
    }
  }

  @Test
  void aServerThatDiesIsReportedWithItsReason() {
    var servers = bed.bridge();
    var server = bed.run(servers, bed.request("ada"));
    bed.docker().docker("kill", server.container());
    var dead = servers.find("ada").orElseThrow();
    assertThat(dead.state()).isEqualTo(State.FAILED);
    assertThat(dead.exitCode()).isEqualTo(OptionalInt.of(137));
    assertThat(dead.failure().orElseThrow().message()).contains("signal 9 (KILL)");
    assertThat(dead.failure().orElseThrow().remedy()).startsWith("Your files are safe.");
    assertThat(dead.reference()).isEqualTo(server.reference());
    assertThat(servers.list()).containsExactly(dead);

    bed.docker().docker("rm", server.container());
    assertThat(servers.find("ada")).contains(dead);
    bed.run(servers, bed.request("ada"));
  }

  @Test
  void aServerThatIsRemovedFromOutsideIsReported() {
    var servers = bed.bridge();
    var server = bed.run(servers, bed.request("ada"));
    bed.docker().docker("rm", "--force", server.container());
    assertThat(servers.find("ada").orElseThrow().failure().orElseThrow().code())
        .isEqualTo("removed");
  }

  @Test
  void aServerThatEndsBeforeItAnswersSaysWhatItWroteLast() {
    var servers = bed.bridge();
    var command = List.of("sh", "-c", "echo no module named jupyter; exit 3");
    servers.start(bed.request("ada", EngineBed.TINY, command));
    var failed = bed.await(servers, "ada", State.FAILED);
    assertThat(failed.exitCode()).isEqualTo(OptionalInt.of(3));
    assertThat(failed.failure().orElseThrow().message())
        .contains("exit code 3")
        .contains("no module named jupyter");
    assertThat(servers.log("ada", 10)).hasValue("no module named jupyter\n");
  }

  @Test
  void aServerThatRunsOutOfMemoryWhileItStartsSaysSo() {
    var servers = bed.bridge();
    servers.start(bed.request("ada", EngineBed.TINY, List.of("tail", "/dev/zero")));
    var failed = bed.await(servers, "ada", State.FAILED);
    assertThat(failed.failure().orElseThrow().message()).contains("more than 64 MiB of memory");
  }

  @Test
  void aServerThatNeverAnswersIsEndedAtTheDeadline() {
    var servers = bed.bridge(bed.setup().answeringWithin(Duration.ofSeconds(2)));
    servers.start(bed.request("ada", EngineBed.TINY, SLEEP));
    var failed = bed.await(servers, "ada", State.FAILED);
    assertThat(failed.failure().orElseThrow().code()).isEqualTo("no-answer");
    assertThat(bed.docker().docker("ps", "-q", "--filter", "name=" + failed.container())).isEmpty();
  }

  @Test
  void aMissingDataFolderIsARefusalOrAWarning() throws Exception {
    var required = bed.bridge(bed.setup().withData(bed.data("missing", false)));
    assertThatThrownBy(() -> required.start(bed.request("ada")))
        .isInstanceOf(SpawnRefused.class)
        .hasMessageContaining("missing");

    var optional = bed.bridge(bed.setup().withData(bed.data("missing", true)));
    bed.run(optional, bed.request("ada"));
    assertThat(optional.events("ada").orElseThrow().after(0, Duration.ZERO))
        .filteredOn(event -> event.type() == Type.WARNING)
        .extracting(ServerEvent::message)
        .singleElement()
        .asString()
        .contains("missing");
  }

  @Test
  void dataCanBeReadAndNotWritten() throws IOException {
    var data = Files.createDirectory(bed.folder().resolve("data"));
    Files.writeString(data.resolve("table.csv"), "1,2");
    var servers = bed.bridge(bed.setup().withData(bed.data("data", false)));
    var server = bed.run(servers, bed.request("ada"));
    assertThat(bed.inside(server, "cat", "/srv/data/table.csv")).isEqualTo("1,2");
    assertThatThrownBy(() -> bed.inside(server, "touch", "/srv/data/new"))
        .hasMessageContaining("Read-only file system");
  }

  @Test
  void serversReachTheHubAtTheGatewayAndNotEachOther() throws IOException {
    var servers = bed.bridge();
    var ada = bed.run(servers, bed.request("ada"));
    var bob = bed.run(servers, bed.request("bob"));
    var gateway = bed.docker().engine().network().gateway().orElseThrow();
    var hub = HttpServer.create(new InetSocketAddress(gateway, 0), 0);
    hub.createContext("/", answer -> answer.sendResponseHeaders(204, -1));
    hub.start();
    try {
      bed.inside(ada, "wget", "-qO-", "http://" + gateway + ":" + hub.getAddress().getPort());
    } finally {
      hub.stop(0);
    }
    var bobs = "http://" + bob.address().orElseThrow().host() + ":8888/user/bob/api";
    assertThat(bed.inside(bob, "timeout", "3", "wget", "-qO-", bobs)).contains("version");
    assertThatThrownBy(() -> bed.inside(ada, "timeout", "3", "wget", "-qO-", bobs))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void anImageThatIsNotAllowedIsRefused() {
    var servers = bed.bridge();
    var request = bed.request("ada", ImageName.of("evil/miner:1"), List.of());
    assertThatThrownBy(() -> servers.start(request))
        .isInstanceOfSatisfying(
            SpawnRefused.class,
            refusal -> assertThat(refusal.code()).isEqualTo("image-not-allowed"));
    assertThat(servers.find("ada")).isEmpty();
  }

  @Test
  void anImageIsPulledOnceForEverybodyWhoWaits() throws IOException {
    try (var registry = new TestRegistry()) {
      var image = registry.image("shared");
      bed.docker().removeAtEnd(image);
      var held = registry.holdLayers();
      var servers = bed.bridge();
      for (var user : List.of("ada", "bob", "cem")) {
        servers.start(bed.request(user, image, SLEEP));
        awaitPhase(servers, user, Phase.PULLING);
      }
      held.countDown();
      for (var user : List.of("ada", "bob", "cem")) {
        bed.await(servers, user, State.FAILED); // there is nothing in that image to run
      }
      assertThat(registry.layersFetched()).isEqualTo(1);
    }
  }

  @Test
  void anImageThatCannotBeHadIsExplained() throws IOException {
    try (var registry = new TestRegistry()) {
      var servers = bed.bridge();
      var image = ImageName.of(registry.host() + "/nothing:1");
      servers.start(bed.request("ada", image, List.of()));
      var failure = bed.await(servers, "ada", State.FAILED).failure().orElseThrow();
      assertThat(failure.code()).isEqualTo("image-unavailable");
      assertThat(failure.message()).contains(image.name());
    }
  }

  @Test
  void whoComesLaterWaitsInLineAndSeesTheirPlace() {
    var go = new CountDownLatch(1);
    var servers =
        bed.bridge(
            bed.setup().startingAtOnce(1),
            engine ->
                Intercepted.of(
                    ContainerEngine.class,
                    engine,
                    (method, arguments, call) -> {
                      if (method.equals("run")) {
                        go.await();
                      }
                      return call.proceed();
                    }));
    for (var user : List.of("ada", "bob")) {
      servers.start(bed.request(user));
      awaitPhase(servers, user, Phase.CREATING);
    }
    servers.start(bed.request("cem"));
    awaitMessage(servers, "cem", "your turn is next");
    servers.start(bed.request("dot"));
    awaitMessage(servers, "dot", "1 person before you");
    assertThat(servers.find("dot").orElseThrow().state()).isEqualTo(State.QUEUED);
    assertThat(servers.starts())
        .extracting(StartUnderWay::id)
        .containsExactly("ada", "bob", "cem", "dot");
    go.countDown();
    for (var user : List.of("ada", "bob", "cem", "dot")) {
      bed.await(servers, user, State.RUNNING);
    }
  }

  /** As the start scripts of docker-stacks and rocker do, under {@code set -e}. */
  @Test
  void aStartScriptFindsTheImagesUserAndTheOneWhoRunsIt() {
    var image =
        bed.docker()
            .image("stacks", "echo rstudio:x:70000:100::/home/rstudio:/bin/sh >> /etc/passwd");
    var script =
        "test \"$(id -u rstudio)\" = 70000; test \"$(id -un)\" = ada;"
            + " exec jupyterhub-singleuser";
    bed.run(bed.bridge(), bed.request("ada", image, List.of("sh", "-ec", script)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rm -r /home/jovyan; ln -s jovyan /home/jovyan | /home/jovyan
          rm /etc/passwd; mkdir /etc/passwd             | /etc/passwd
          """)
  void anOddImageIsRefusedBeforeThereIsAContainer(String command, String path) throws IOException {
    var image = bed.docker().image("odd", command);
    var servers = bed.bridge();
    servers.start(bed.request("ada", image, List.of()));
    var failure = bed.await(servers, "ada", State.FAILED).failure().orElseThrow();
    assertThat(failure.code()).isEqualTo("bad-image");
    assertThat(failure.message()).contains(path);
    assertThat(bed.containers()).isEmpty();
  }

  @Test
  void theLabelsOfAnImageAreNotBelieved() throws IOException {
    var network = bed.docker().network();
    var image =
        bed.docker()
            .image(
                "labels",
                "true",
                "LABEL org.homeport.memory=lots",
                "LABEL org.homeport.id=eve",
                "LABEL org.homeport.reader=" + network,
                "LABEL org.homeport.run=another",
                "LABEL org.homeport.network=" + network);
    var setup = bed.setup().withLimits(Limits.NONE);
    var server = bed.run(bed.bridge(setup), bed.request("ada", image, List.of()));
    var servers = bed.bridge(setup);
    servers.recover();
    assertThat(servers.list()).containsExactly(server);
    servers.stop("ada");
    assertThat(bed.containers()).isEmpty();
  }

  @Test
  void aContainerThatCannotBeReadIsOneContainer() throws IOException {
    var servers = bed.bridge();
    var server = bed.run(servers, bed.request("ada"));
    var network = bed.docker().network();
    for (var name : List.of(network + "-eve", network + "-other")) {
      bed.docker()
          .docker(
              "create",
              "--name",
              name,
              "--label",
              "org.homeport.network=" + network,
              "--label",
              "org.homeport.id=ada",
              EngineBed.TINY.name());
    }
    assertThat(servers.list()).containsExactly(server);
    servers.recover();
    assertThat(servers.find("eve")).isEmpty();
    servers.forget("ada");
    assertThat(servers.list()).isEmpty();
  }

  @Test
  void aStartThatFailsWithoutAContainerIsWhatIsTold() throws IOException {
    var servers = bed.bridge();
    servers.start(bed.request("ada", EngineBed.TINY, List.of("sh", "-c", "exit 3")));
    var first = bed.await(servers, "ada", State.FAILED);
    assertThat(first.failure().orElseThrow().code()).isEqualTo("exited");
    try (var registry = new TestRegistry()) {
      var missing = ImageName.of(registry.host() + "/missing:1");
      var second = servers.start(bed.request("ada", missing, List.of()));
      await()
          .atMost(ServersBed.SOON)
          .untilAsserted(
              () ->
                  assertThat(servers.find("ada").orElseThrow().failure())
                      .hasValueSatisfying(
                          failure -> {
                            assertThat(failure.code()).isEqualTo("image-unavailable");
                            assertThat(failure.reference()).isEqualTo(second.reference());
                          }));
      assertThat(servers.list()).isEqualTo(List.of(servers.find("ada").orElseThrow()));
    }
  }

  @Test
  void preparingAHomeStartsNothing() {
    var servers = bed.bridge();
    var plan = servers.prepare(bed.request("ada").spawn());
    assertThat(plan.environmentFolder().resolve("README.md")).exists();
    assertThat(bed.containers()).isEmpty();
    assertThat(servers.find("ada")).isEmpty();
    assertThat(servers.plan(bed.request("ada").spawn())).isEqualTo(plan);
  }

  private static void awaitMessage(Servers servers, String id, String part) {
    await()
        .atMost(ServersBed.SOON)
        .until(
            () -> servers.events(id).orElseThrow().after(0, Duration.ZERO),
            events -> events.stream().anyMatch(event -> event.message().contains(part)));
  }

  private static void awaitPhase(Servers servers, String id, Phase phase) {
    await()
        .atMost(ServersBed.SOON)
        .until(
            () -> servers.events(id).orElseThrow().after(0, Duration.ZERO),
            events -> events.stream().anyMatch(event -> event.phase() == phase));
  }
}
