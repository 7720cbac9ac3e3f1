package org.homeport.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.homeport.bridge.RunningBridge.Answer;
import org.homeport.bridge.engine.TestRegistry;
import org.homeport.bridge.engine.docker.EngineBed;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Environments come and go as an administrator asks, on a real engine. */
class EnvironmentsApiIT {
  private static final String ENVIRONMENTS = "/api/v1/environments";
  private static final String PULLS = ENVIRONMENTS + "/pulls";

  @TempDir static Path folder;
  private static EngineBed docker;
  private static TestRegistry registry;
  private static RunningBridge bridge;

  @BeforeAll
  static void start() throws IOException {
    docker = new EngineBed();
    registry = new TestRegistry();
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createDirectory(folder.resolve("homes"));
    bridge =
        RunningBridge.in(
            folder,
            "docker: {host: '%s', network: %s}".formatted(EngineBed.HOST, docker.network()),
            "environments: {images: ['%s/*', '%s/*'], pull: never}"
                .formatted(registry.host(), docker.network()));
  }

  @AfterAll
  static void stop() {
    bridge.close();
    registry.close();
    docker.close();
  }

  @Test
  void environmentsArePulledOnceAndRemoved() throws IOException {
    var missing = registry.host() + "/missing:1";
    assertThat(pull(missing).status()).isEqualTo(202);
    var image = registry.image("one");
    docker.removeAtEnd(image);
    var held = registry.holdLayers();
    var begun = pull(image.name());
    assertThat(begun.status()).isEqualTo(202);
    assertThat(begun.header("Location")).isEqualTo(PULLS);
    await(() -> pulled(image.name()).path("total").asLong() > 0);
    assertThat(pull(image.name()).json().path("since")).isEqualTo(begun.json().path("since"));
    held.countDown();
    await(() -> pulled(image.name()).path("state").asText().equals("done"));
    await(() -> pulled(missing).path("state").asText().equals("failed"));
    assertThat(pulled(missing).path("message").asText()).contains(missing);
    assertThat(bridge.get(ENVIRONMENTS).json().path("items").toString()).contains(image.name());

    assertThat(remove(image.name()).status()).isEqualTo(204);
    assertThat(bridge.get(ENVIRONMENTS).json().path("items").toString())
        .doesNotContain(image.name());
    assertThat(remove(image.name()).status()).as("repeatable").isEqualTo(204);
  }

  @Test
  void anEnvironmentInUseIsNotRemoved() {
    var image = docker.image("used", "true").name();
    var request = "{\"user\": \"ada\", \"image\": \"%s\"}".formatted(image);
    bridge.post("/api/v1/servers", request);
    await(() -> bridge.get("/api/v1/servers/ada").json().path("state").asText().equals("running"));
    var refused = remove(image);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().path("code").asText()).isEqualTo("environment-in-use");
    assertThat(refused.json().path("message").asText()).endsWith("is in use by ada.");

    assertThat(bridge.delete("/api/v1/servers/ada").status()).isEqualTo(204);
    var other =
        docker.docker("create", "--label", "org.homeport.reader=" + docker.network(), image);
    var theirs = remove(image);
    assertThat(theirs.status()).isEqualTo(409);
    assertThat(theirs.json().path("message").asText()).contains(other.substring(0, 12));
    docker.docker("rm", other);
    assertThat(remove(image).status()).isEqualTo(204);
  }

  @Test
  void whatIsNotOnOfferIsNeitherPulledNorRemoved() {
    assertThat(pull("homeport-test/tiny:1").status()).isEqualTo(403);
    assertThat(remove("homeport-test/tiny:1").status()).isEqualTo(403);
    assertThat(pull("A B").status()).isEqualTo(400);
    assertThat(bridge.delete(ENVIRONMENTS).json().path("field").asText()).isEqualTo("image");
  }

  /** The engine tries for ten seconds whether a registry speaks TLS. */
  private static void await(Callable<Boolean> condition) {
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(condition);
  }

  private static Answer pull(String image) {
    return bridge.post(PULLS, "{\"image\": \"%s\"}".formatted(image));
  }

  private static JsonNode pulled(String image) {
    for (var pull : bridge.get(PULLS).json().path("items")) {
      if (pull.path("image").asText().equals(image)) {
        return pull;
      }
    }
    throw new AssertionError("Nobody asked for " + image + ".");
  }

  private static Answer remove(String image) {
    return bridge.delete(ENVIRONMENTS + "?image=" + image);
  }
}
