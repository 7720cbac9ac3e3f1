package org.homeport.bridge.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.DockerClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.homeport.bridge.engine.EngineRejected;
import org.homeport.bridge.engine.EngineUnavailable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EngineCallsIT {
  private static final Duration SHORT = Duration.ofMillis(500);
  private static final Duration LONG = Duration.ofSeconds(20);

  private EngineProxy proxy;
  private EngineCalls calls;

  @BeforeEach
  void connect() throws IOException {
    proxy = new EngineProxy();
    calls = new EngineCalls(proxy.address());
  }

  @AfterEach
  void disconnect() throws IOException {
    calls.close();
    proxy.close();
  }

  @Test
  void aConnectionLeftFromBeforeTheEnginesRestartIsReplacedUnnoticed() throws IOException {
    ask(LONG);
    proxy.dropConnections();
    assertThat(ask(LONG)).isNotBlank();
    assertThat(ask(LONG)).isNotBlank();
  }

  @Test
  void connectionsAreUsedAgain() {
    ask(LONG);
    var before = proxy.connections();
    ask(LONG);
    assertThat(proxy.connections()).isEqualTo(before);
  }

  @Test
  void anEngineThatNeverAnswersIsGivenUpAtTheDeadline() {
    proxy.fallSilent();
    assertThatThrownBy(() -> ask(SHORT))
        .isInstanceOf(EngineUnavailable.class)
        .hasMessageContaining("did not answer within");
    proxy.speakAgain();
    assertThat(ask(LONG)).isNotBlank();
  }

  @Test
  void aCallThatIsGivenUpLetsGoOfItsConnection() {
    ask(LONG);
    await().until(() -> proxy.open() == 1);
    proxy.fallSilent();
    assertThatThrownBy(() -> ask(SHORT)).isInstanceOf(EngineUnavailable.class);
    await().until(() -> proxy.open() == 0);
  }

  @Test
  void anEngineThatIsNotThereIsUnavailableAndTheRemedyIsSaid() {
    try (var nowhere = new EngineCalls(URI.create("unix:///nowhere/docker.sock"))) {
      assertThatThrownBy(() -> nowhere.call("answer", LONG, connection -> ping(connection.calls())))
          .isInstanceOf(EngineUnavailable.class)
          .hasMessageContaining("unix:///nowhere/docker.sock")
          .hasMessageContaining("docker.host");
    }
  }

  @Test
  void anErrorOfOurOwnIsNotTheEnginesAndKeepsItsConnection() {
    ask(LONG);
    var before = proxy.connections();
    var ours = new UncheckedIOException(new IOException("a file cannot be read"));
    for (var error : List.of(ours, new EngineRejected("cannot be mounted", ours.getCause()))) {
      assertThatThrownBy(
              () ->
                  calls.call(
                      "answer",
                      LONG,
                      connection -> {
                        throw error;
                      }))
          .isSameAs(error);
    }
    ask(LONG);
    assertThat(proxy.connections()).isEqualTo(before);
  }

  private String ask(Duration deadline) {
    return calls.call("answer", deadline, connection -> ping(connection.calls()));
  }

  private static String ping(DockerClient client) {
    return client.versionCmd().exec().getVersion();
  }
}
