package org.homeport.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.homeport.bridge.database.OnBothDatabases;
import org.homeport.bridge.engine.docker.EngineBed;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API over real HTTP, with the real engine behind it. */
@OnBothDatabases
class ApiIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  /** More of a request: a server that does not end when it is asked to. */
  private static final String STUBBORN =
      ", \"command\": [\"sh\", \"-c\", \"trap '' TERM; httpd -f -p 8888\"]";

  @TempDir static Path folder;
  private static EngineBed docker;
  private static RunningBridge bridge;

  @BeforeAll
  static void start() throws IOException {
    docker = new EngineBed();
    // Users must be able to pass on the way to their homes.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createDirectory(folder.resolve("homes"));
    bridge = RunningBridge.in(folder, on(docker));
  }

  @AfterAll
  static void stop() {
    bridge.close();
    docker.close();
  }

  @Test
  void aServerIsStartedFollowedReadAndStopped() {
    var started = post("ada", "");
    assertThat(started.status()).isEqualTo(202);
    assertThat(started.header("Location")).isEqualTo("/api/v1/servers/ada");
    assertThat(started.header("X-Homeport-Reference"))
        .isEqualTo(started.json().path("reference").asText());

    var events = events("ada", "");
    assertThat(events).first().asString().contains("\"phase\":\"checking\"");
    assertThat(events).last().asString().contains("\"type\":\"ready\"").contains("\"address\"");

    var server = bridge.get("/api/v1/servers/ada").json();
    assertThat(server.path("state").asText()).isEqualTo("running");
    assertThat(names(server)).isEqualTo(names(Examples.json("server-running.json")));
    assertThat(bridge.get("/api/v1/servers?user=ada").json().path("items")).hasSize(1);
    assertThat(bridge.get("/api/v1/servers?user=nobody").json().path("items")).isEmpty();
    assertThat(bridge.get("/api/v1/servers/ada/log?lines=5").status()).isEqualTo(200);
    assertThat(bridge.get("/api/v1/servers/ada/log?lines=none").status()).isEqualTo(400);
    assertThat(bridge.get("/api/v1/users/ada").json().path("environments")).hasSize(1);

    assertThat(bridge.delete("/api/v1/servers/ada").status()).isEqualTo(204);
    assertThat(bridge.delete("/api/v1/servers/ada").status()).isEqualTo(204);
    assertThat(state("ada")).isEqualTo("stopped");
    assertThat(bridge.delete("/api/v1/servers/ada?forget=true").status()).isEqualTo(204);
    assertThat(bridge.get("/api/v1/servers/ada").status()).isEqualTo(404);
    assertThat(bridge.get("/api/v1/servers/ada/events").status()).isEqualTo(404);
  }

  @Test
  void aReaderWhoComesBackGetsWhatItMissed() {
    post("bob", "");
    var all = events("bob", "");
    var last = all.size();

    assertThat(events("bob", id(all.get(last - 2)))).containsExactly(all.get(last - 1));
    assertThat(events("bob", id(all.get(last - 1)))).isEmpty();
    assertThat(events("bob", "nonsense")).isNotEmpty();
  }

  @Test
  void twoHundredFollowersLeaveRoomForEverybodyElse() {
    post("eve", ", \"command\": [\"sleep\", \"300\"]");
    var streams =
        IntStream.range(0, 200).mapToObj(i -> bridge.follow("/api/v1/servers/eve/events")).toList();
    Awaitility.await().atMost(SOON).until(() -> bridge.followers() == 200);

    assertThat(streams).noneMatch(CompletableFuture::isDone);
    for (var i = 0; i < 20; i++) {
      assertThat(bridge.get("/healthz").status()).isEqualTo(200);
      assertThat(state("eve")).isEqualTo("starting");
    }

    bridge.delete("/api/v1/servers/eve");
    assertThat(streams)
        .allSatisfy(
            stream ->
                assertThat(stream).succeedsWithin(SOON).asString().contains("\"type\":\"failed\""));
  }

  @Test
  void aBridgeThatStopsAnswersWhoIsWaitingAndLeavesServersAlone(@TempDir Path other)
      throws IOException {
    Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createDirectory(other.resolve("homes"));
    try (var engine = new EngineBed()) {
      CompletableFuture<Integer> stop;
      try (var stopping = RunningBridge.in(other, on(engine))) {
        stopping.post("/api/v1/servers", start("kay", ""));
        stopping.post("/api/v1/servers", start("leo", STUBBORN));
        Awaitility.await().atMost(SOON).until(() -> running(stopping) == 2);
        stop = stopping.background(stopping.request("/api/v1/servers/leo").DELETE());
        Awaitility.await().atMost(SOON).until(() -> running(stopping) == 1);
      }
      assertThat(stop).succeedsWithin(SOON).isEqualTo(204);
      assertThat(engine.docker("inspect", "-f", "{{.State.Running}}", engine.network() + "-kay"))
          .isEqualTo("true");
    }
  }

  @Test
  void theBridgeTellsWhatIsOnOfferAndHowItIs() {
    var offer = bridge.get("/api/v1/environments").json();
    assertThat(names(offer)).isEqualTo(names(Examples.json("environments.json")));
    assertThat(offer.path("items"))
        .anyMatch(item -> item.path("image").asText().equals("homeport-test/tiny:1"))
        .anyMatch(item -> item.toString().contains("\"plasmabio/one:1\",\"present\":false"));

    var status = bridge.get("/api/v1/status").json();
    assertThat(names(status)).isEqualTo(names(Examples.json("status.json")));
    assertThat(status.path("network").path("name").asText()).isEqualTo(docker.network());
    assertThat(bridge.get("/readyz").status()).isEqualTo(200);
  }

  @Test
  void aHomeIsPreparedWithoutAServer() {
    var body = "{\"user\": \"ida\", \"image\": \"homeport-test/tiny:1\"}";
    var plan = bridge.post("/api/v1/plans", body);
    assertThat(plan.status()).isEqualTo(200);
    assertThat(names(plan.json())).isEqualTo(names(Examples.json("plan.json")));
    assertThat(Path.of(plan.json().path("environmentFolder").asText())).isNotEmptyDirectory();
    assertThat(bridge.post("/api/v1/plans?dry-run", body).json()).isEqualTo(plan.json());
    assertThat(bridge.get("/api/v1/servers/ida").status()).isEqualTo(404);
  }

  private static String on(EngineBed docker) {
    return "docker: {host: '%s', network: %s}".formatted(EngineBed.HOST, docker.network());
  }

  private static RunningBridge.Answer post(String user, String more) {
    return bridge.post("/api/v1/servers", start(user, more));
  }

  private static String start(String user, String more) {
    return "{\"user\": \"%s\", \"image\": \"homeport-test/tiny:1\"%s}".formatted(user, more);
  }

  private static long running(RunningBridge bridge) {
    var servers = new ArrayList<JsonNode>();
    bridge.get("/api/v1/servers").json().path("items").forEach(servers::add);
    return servers.stream().filter(it -> it.path("state").asText().equals("running")).count();
  }

  /** The data of all events after the given one, to the end of the start. */
  private static List<String> events(String id, String lastEventId) {
    var request = bridge.request("/api/v1/servers/" + id + "/events");
    if (!lastEventId.isEmpty()) {
      request.setHeader("Last-Event-ID", lastEventId);
    }
    var answer = bridge.send(request.timeout(SOON));
    assertThat(answer.header("Content-Type")).startsWith("text/event-stream");
    return answer
        .response()
        .body()
        .lines()
        .filter(line -> line.startsWith("data: "))
        .map(line -> line.substring("data: ".length()))
        .toList();
  }

  private static String id(String event) {
    return event.replaceAll("^\\{\"id\":(\\d+),.*", "$1");
  }

  private static String state(String id) {
    return bridge.get("/api/v1/servers/" + id).json().path("state").asText();
  }

  private static List<String> names(JsonNode object) {
    var names = new ArrayList<String>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
