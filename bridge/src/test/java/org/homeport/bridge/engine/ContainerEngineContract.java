package org.homeport.bridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.homeport.bridge.engine.Container.State;
import org.homeport.spawn.Limits;
import org.homeport.spawn.mount.Mount;
import org.junit.jupiter.api.Test;

/** The promises that every engine keeps. */
public abstract class ContainerEngineContract {
  protected static final Duration GRACE = Duration.ofSeconds(5);
  private static final String MISSING_IMAGE = "sha256:" + "0".repeat(64);

  protected abstract ContainerEngine engine();

  /** The engine as another bridge sees it, whose network has another name. */
  protected abstract ContainerEngine neighbour();

  protected abstract String network();

  /** The id of an image. */
  protected abstract String image();

  /** A command that runs until it is told to end, and then ends with 143. */
  protected abstract List<String> sleeping();

  protected abstract List<String> endingWith(int code);

  /** A command that writes lines, and then sleeps. */
  protected abstract List<String> writing(String... lines);

  @Test
  void anEngineTellsItsVersionAndHowToGetItToAnswer() {
    assertThat(engine().version().version()).isNotBlank();
    assertThat(engine().remedy()).endsWith(".");
  }

  @Test
  void theNetworkIsThereOnceItWasAskedForAndStaysTheSame() {
    var network = engine().network();
    assertThat(network.name()).isEqualTo(network());
    assertThat(engine().network()).isEqualTo(network);
  }

  @Test
  void theNetworkHasAGatewayExactlyWhenTheEngineSaysSo() {
    var isSaid = engine().capabilities().contains(Capability.HOST_ADDRESS);
    assertThat(engine().network().gateway().isPresent()).isEqualTo(isSaid);
  }

  @Test
  void aContainerRunsUnderItsNameWithItsLabels() {
    var id = run(spec("runs", sleeping()));
    var container = look("runs");
    assertThat(container.id()).isEqualTo(id);
    assertThat(container.name()).isEqualTo(name("runs"));
    assertThat(container.state()).isEqualTo(State.RUNNING);
    assertThat(container.address()).isPresent();
    assertThat(container.labels())
        .containsEntry("org.homeport.id", "ada")
        .containsEntry(ContainerEngine.NETWORK_LABEL, network());
    assertThat(engine().container(id)).contains(container);
  }

  @Test
  void runningTwiceMakesOneContainer() {
    var id = run(spec("twice", sleeping()));
    assertThat(engine().run(spec("twice", sleeping()))).isEmpty();
    assertThat(engine().containers()).extracting(ListedContainer::id).containsExactly(id);
    assertThat(look("twice").state()).isEqualTo(State.RUNNING);
  }

  @Test
  void aStoppedContainerIsStillThereAndTellsHowItEnded() {
    run(spec("stopped", sleeping()));
    var running = look("stopped");
    engine().stop(name("stopped"), GRACE);
    engine().stop(name("stopped"), GRACE);
    var ended = look("stopped");
    assertThat(ended.state()).isEqualTo(State.EXITED);
    assertThat(ended.exitCode()).isEqualTo(OptionalInt.of(143));
    assertThat(ended.address()).isEmpty();
    assertThat(ended.since()).isAfterOrEqualTo(running.since());
  }

  @Test
  void aCommandThatEndsTellsItsExitCode() {
    run(spec("ends", endingWith(3)));
    await().until(() -> look("ends").state() == State.EXITED);
    assertThat(look("ends").exitCode()).isEqualTo(OptionalInt.of(3));
    assertThat(look("ends").outOfMemory()).isFalse();
  }

  @Test
  void whatWasRemovedIsGoneAndMayBeRemovedAgain() {
    run(spec("removed", sleeping()));
    engine().remove(name("removed"));
    engine().remove(name("removed"));
    engine().stop(name("removed"), GRACE);
    assertThat(engine().container(name("removed"))).isEmpty();
    assertThat(engine().containers()).isEmpty();
  }

  @Test
  void aListShowsWhatALookAtEachShows() {
    run(spec("one", sleeping()));
    run(spec("two", endingWith(0)));
    await().until(() -> look("two").state() == State.EXITED);
    assertThat(engine().containers())
        .containsExactlyInAnyOrder(listed(look("one")), listed(look("two")));
  }

  @Test
  void aListShowsNothingOfAnotherBridge() {
    run(spec("ours", sleeping()));
    assertThat(neighbour().containers()).isEmpty();
  }

  @Test
  void aContainerThatCannotRunIsRejectedAndLeavesNothing() {
    engine().network();
    var spec = spec("rejected", MISSING_IMAGE, sleeping());
    assertThatThrownBy(() -> engine().run(spec)).isInstanceOf(EngineRejected.class);
    assertThat(engine().containers()).isEmpty();
  }

  @Test
  void theLastLinesOfTheLogAreShown() {
    run(spec("writes", writing("one", "two", "three")));
    await()
        .untilAsserted(() -> assertThat(engine().log(name("writes"), 2)).isEqualTo("two\nthree\n"));
    assertThat(engine().log(name("nobody"), 2)).isEmpty();
  }

  protected final String run(ContainerSpec spec) {
    engine().network();
    return engine().run(spec).orElseThrow();
  }

  protected final Container look(String name) {
    return engine().container(name(name)).orElseThrow();
  }

  protected final String name(String name) {
    return network() + "-" + name;
  }

  protected final ContainerSpec spec(String name, List<String> command) {
    return spec(name, image(), command);
  }

  protected final ContainerSpec spec(String name, List<String> command, List<Mount> mounts) {
    return spec(name, image(), command, Path.of("/srv"), mounts);
  }

  protected final ContainerSpec spec(
      String name, String image, List<String> command, Path workingDirectory, List<Mount> mounts) {
    return new ContainerSpec(
        name(name),
        image,
        70001,
        70002,
        List.of(70003, 70004),
        command,
        workingDirectory,
        Map.of("GREETING", "hello  world"),
        mounts,
        new Limits(OptionalLong.of(64L << 20), OptionalDouble.of(0.5), OptionalLong.of(64)),
        Map.of("org.homeport.id", "ada"));
  }

  private ContainerSpec spec(String name, String image, List<String> command) {
    return spec(name, image, command, Path.of("/srv"), List.of());
  }

  private static ListedContainer listed(Container container) {
    return new ListedContainer(
        container.id(),
        container.name(),
        container.labels(),
        container.state(),
        container.address());
  }
}
