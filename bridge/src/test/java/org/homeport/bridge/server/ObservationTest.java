package org.homeport.bridge.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.homeport.bridge.engine.Container;
import org.homeport.bridge.server.Server.State;
import org.homeport.spawn.identity.HubUser;
import org.homeport.spawn.identity.ServerName;
import org.homeport.spawn.image.ImageName;
import org.junit.jupiter.api.Test;

class ObservationTest {
  private static final Instant BEFORE = Instant.parse("2026-10-03T08:00:00Z");
  private static final Instant NOW = Instant.parse("2026-10-03T09:00:00Z");
  private static final ServerLabels LABELS =
      new ServerLabels(
          "ada",
          HubUser.of("ada"),
          ServerName.DEFAULT,
          ImageName.of("a/b:1"),
          "5f0c92ab",
          "f00d",
          8888,
          "/api",
          OptionalLong.of(1L << 30));

  private final Observation observation = new Observation(Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void nothingIsNothing() {
    assertThat(observation.of(Optional.empty(), Optional.empty())).isEmpty();
  }

  @Test
  void aRunningContainerIsARunningServerWhateverIsRemembered() {
    for (var state : State.values()) {
      var seen = see(remembered(state, "11111111"), running()).orElseThrow();
      assertThat(seen.state()).isEqualTo(State.RUNNING);
      assertThat(seen.address()).contains(new Server.Address("172.20.0.2", 8888));
      assertThat(seen.reference()).isEqualTo("5f0c92ab");
    }
    assertThat(see(Optional.empty(), running()).orElseThrow().user()).isEqualTo(HubUser.of("ada"));
  }

  @Test
  void aStartThatWaitedForTheAnswerIsStillStarting() {
    var seen = see(remembered(State.STARTING, "5f0c92ab"), running()).orElseThrow();
    assertThat(seen.state()).isEqualTo(State.STARTING);
    assertThat(seen.address()).isEmpty();
  }

  @Test
  void aServerThatEndedItselfIsStopped() {
    var seen = see(remembered(State.RUNNING, "5f0c92ab"), exited(0, false)).orElseThrow();
    assertThat(seen.state()).isEqualTo(State.STOPPED);
    assertThat(seen.exitCode()).isEqualTo(OptionalInt.of(0));
  }

  @Test
  void aServerBeyondItsMemoryIsExplained() {
    var seen = see(remembered(State.RUNNING, "5f0c92ab"), exited(137, true)).orElseThrow();
    assertThat(seen.state()).isEqualTo(State.FAILED);
    assertThat(seen.failure().orElseThrow())
        .isEqualTo(
            new Failure(
                "out-of-memory",
                "The server of ada was ended because it used more than 1 GiB of memory.",
                "Your files are safe. Start it again; if this happens often, ask for a higher"
                    + " memory limit.",
                "5f0c92ab"));
  }

  @Test
  void aSignalAndAnExitCodeAreTold() {
    assertThat(failure(exited(137, false)).message()).contains("signal 9 (KILL)");
    assertThat(failure(exited(3, true)).message()).contains("exit code 3");
    assertThat(failure(exited(127, false)).code()).isEqualTo("command-missing");
  }

  @Test
  void whatWasRememberedOfAnEndStays() {
    var failed = remembered(State.FAILED, "5f0c92ab");
    assertThat(see(failed, exited(143, false))).isEqualTo(failed);
  }

  @Test
  void aLaterStartThatFailedWithoutAContainerIsWhatIsTold() {
    var later = remembered(State.FAILED, "11111111").map(server -> at(server, NOW));
    assertThat(see(later, exited(3, false))).isEqualTo(later);
    var earlier = remembered(State.FAILED, "11111111").map(server -> at(server, Instant.EPOCH));
    assertThat(see(earlier, exited(3, false)).orElseThrow().reference()).isEqualTo("5f0c92ab");
  }

  @Test
  void aContainerThatNeverStartedIsAnInterruptedStart() {
    var created = container(Container.State.CREATED, OptionalInt.empty(), false);
    assertThat(see(remembered(State.STARTING, "5f0c92ab"), created).orElseThrow().failure())
        .hasValueSatisfying(failure -> assertThat(failure.code()).isEqualTo("interrupted"));
    assertThat(see(Optional.empty(), created).orElseThrow().failure())
        .hasValueSatisfying(failure -> assertThat(failure.code()).isEqualTo("interrupted"));
  }

  @Test
  void withoutAContainerWhatIsRememberedDecides() {
    assertThat(alone(State.QUEUED).failure().orElseThrow().code()).isEqualTo("interrupted");
    assertThat(alone(State.STARTING).failure().orElseThrow().code()).isEqualTo("interrupted");
    assertThat(alone(State.RUNNING).failure().orElseThrow().code()).isEqualTo("removed");
    assertThat(alone(State.STOPPING).state()).isEqualTo(State.STOPPED);
    assertThat(alone(State.STOPPED).state()).isEqualTo(State.STOPPED);
    assertThat(alone(State.FAILED).since()).isEqualTo(BEFORE);
  }

  private Server alone(State state) {
    return observation.of(remembered(state, "5f0c92ab"), Optional.empty()).orElseThrow();
  }

  private Failure failure(Container container) {
    return see(Optional.empty(), container).orElseThrow().failure().orElseThrow();
  }

  private Optional<Server> see(Optional<Server> remembered, Container container) {
    return observation.of(remembered, Optional.of(container));
  }

  private static Optional<Server> remembered(State state, String reference) {
    return Optional.of(
        new Server(
            "ada",
            HubUser.of("ada"),
            ServerName.DEFAULT,
            ImageName.of("a/b:1"),
            "homeport-ada",
            state,
            Optional.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            reference,
            BEFORE));
  }

  private static Server at(Server server, Instant since) {
    return server.failed(Failures.of(server).cancelled(), OptionalInt.empty(), since);
  }

  private static Container running() {
    return container(Container.State.RUNNING, OptionalInt.empty(), false);
  }

  private static Container exited(int code, boolean outOfMemory) {
    return container(Container.State.EXITED, OptionalInt.of(code), outOfMemory);
  }

  private static Container container(Container.State state, OptionalInt code, boolean outOfMemory) {
    return new Container(
        "0123",
        "homeport-ada",
        LABELS.toMap(),
        state,
        Optional.of("172.20.0.2"),
        code,
        outOfMemory,
        BEFORE);
  }
}
