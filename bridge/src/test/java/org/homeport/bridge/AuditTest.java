package org.homeport.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit log of requests. */
class AuditTest {
  private static final String NEW_TOKEN = "{\"name\": \"grafana\", \"scope\": \"read\"}";

  @TempDir Path folder;
  private RunningBridge bridge;
  private Path file;

  @BeforeEach
  void start() {
    bridge = RunningBridge.in(folder, "audit: {file: FOLDER/audit/audit.log}");
    file = folder.resolve("audit/audit.log");
  }

  @AfterEach
  void stop() {
    bridge.close();
  }

  @Test
  void aChangeIsALineThatSaysWhoAskedWhatForWhomAndHowItWent() {
    var refused =
        bridge.post(
            "/api/v1/servers",
            """
            {"user": "ada", "image": "evil/miner", "environment": {"T": "hush"}}\
            """);

    var line = lines(1).get(0);
    assertThat(line.path("who").asText()).startsWith("root on ").endsWith("admin.token");
    assertThat(line.path("token").asText()).hasSize(8);
    assertThat(line.path("method").asText()).isEqualTo("POST");
    assertThat(line.path("path").asText()).isEqualTo("/api/v1/servers");
    assertThat(line.path("user").asText()).isEqualTo("ada");
    assertThat(line.path("image").asText()).isEqualTo("evil/miner");
    assertThat(line.path("status").asInt()).isEqualTo(403);
    assertThat(line.path("code").asText()).isEqualTo("image-not-allowed");
    assertThat(line.path("reference").asText()).isEqualTo(refused.header("X-Homeport-Reference"));
    assertThat(line.toString()).doesNotContain("hush");
  }

  @Test
  void anEnvironmentThatAnAddressNamesIsInTheLine() {
    bridge.delete("/api/v1/environments?image=evil/miner:2");

    assertThat(lines(1).get(0).path("image").asText()).isEqualTo("evil/miner:2");
  }

  @Test
  void whatOnlyLooksIsALineWhenItIsRefused() {
    bridge.get("/api/v1/users");
    bridge.send(
        bridge.request("/api/v1/users?token=hush").setHeader("Authorization", "Bearer hush"));

    var line = lines(1).get(0);
    assertThat(line.has("who")).isFalse();
    assertThat(line.path("path").asText()).isEqualTo("/api/v1/users");
    assertThat(line.path("status").asInt()).isEqualTo(401);
    assertThat(line.toString()).doesNotContain("hush");
  }

  @Test
  void strangersFillNoFileAndAreCounted() {
    for (var number = 0; number < 50; number++) {
      bridge.send(bridge.request("/api/v1/users").setHeader("Authorization", "Bearer hush"));
      bridge.send(bridge.request("/api/v1/servers").setHeader("Authorization", "Bearer hush"));
    }
    bridge.post("/api/v1/tokens", NEW_TOKEN);

    var lines =
        Awaitility.await().until(this::lines, all -> all.stream().anyMatch(one -> one.has("who")));
    assertThat(lines.get(0).has("who")).isFalse();
    assertThat(lines).hasSizeLessThan(20);
  }

  @Test
  void whatTakesFilesOutOfAHomeIsALine() {
    bridge.get("/api/v1/users/ada/download");

    var line = lines(1).get(0);
    assertThat(line.path("user").asText()).isEqualTo("ada");
    assertThat(line.path("path").asText()).endsWith("/download");
  }

  @Test
  void whatBeganIsNamed() {
    bridge.post("/api/v1/users/ada/backups", "{}");

    assertThat(lines(1).get(0).path("location").asText()).matches("/api/v1/users/ada/backups/\\d+");
  }

  @Test
  void aFileThatCannotBeWrittenRefusesNothingAndIsSeenByTheDoctor() throws IOException {
    Files.writeString(folder.resolve("audit"), "in the way of the folder");

    assertThat(bridge.post("/api/v1/tokens", NEW_TOKEN).status()).isEqualTo(201);

    Awaitility.await().until(() -> isFailing());
    assertThat(doctor()).contains(file.getParent() + " cannot be written: see " + file.getParent());
    Files.delete(folder.resolve("audit"));
    bridge.post("/api/v1/tokens", NEW_TOKEN);
    lines(1);
    assertThat(isFailing()).isFalse();
    assertThat(doctor()).contains(file + " can be read by its owner only");
  }

  @Test
  void noSecretIsWrittenDownAndOthersCannotRead() throws IOException {
    var made = bridge.post("/api/v1/tokens", NEW_TOKEN).json();

    var line = lines(1).get(0);
    assertThat(line.path("name").asText()).isEqualTo("grafana");
    assertThat(line.path("scope").asText()).isEqualTo("read");
    assertThat(Files.readString(file))
        .doesNotContain(made.path("token").asText())
        .doesNotContain(bridge.token());
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  private boolean isFailing() {
    return bridge.get("/metrics").response().body().contains("\nhomeport_audit_failing 1.0");
  }

  private String doctor() {
    return new Doctor(bridge.config()).examine().lines().collect(Collectors.joining("\n"));
  }

  /** A line is written when its answer has gone. */
  private List<JsonNode> lines(int count) {
    return Awaitility.await().until(this::lines, lines -> lines.size() == count);
  }

  private List<JsonNode> lines() throws IOException {
    var json = new ObjectMapper();
    var lines = new ArrayList<JsonNode>();
    if (Files.exists(file)) {
      for (var line : Files.readAllLines(file)) {
        lines.add(json.readTree(line));
      }
    }
    return lines;
  }
}
