package org.homeport.bridge.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.homeport.bridge.engine.Container;
import org.homeport.bridge.engine.ContainerSpec;
import org.homeport.bridge.engine.EngineRejected;
import org.homeport.bridge.engine.TestRegistry;
import org.homeport.spawn.Limits;
import org.homeport.spawn.files.RawPath;
import org.homeport.spawn.image.ImageName;
import org.homeport.spawn.mount.Mount;
import org.homeport.spawn.mount.MountSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DockerEngineIT {
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final List<String> SLEEP = List.of("sleep", "600");

  private EngineBed bed;
  private DockerEngine engine;

  @BeforeEach
  void open() {
    bed = new EngineBed();
    engine = bed.engine();
  }

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  void tellsItsVersionAndTheOneOfItsApi() {
    assertThat(engine.version().version()).matches("\\d+\\.\\d+.*");
    assertThat(engine.version().apiVersion()).matches("1\\.\\d+");
  }

  @Test
  void theNetworkIsMadeOnceAndKeepsServersApart() {
    var network = engine.network();
    assertThat(network.name()).isEqualTo(bed.network());
    assertThat(network.subnet()).contains("/");
    assertThat(network.gateway()).startsWith(network.subnet().replaceAll("\\.\\d+/.*", "."));
    assertThat(engine.network()).isEqualTo(network);
    assertThat(bed.docker("network", "inspect", bed.network()))
        .contains("\"com.docker.network.bridge.enable_icc\": \"false\"");
  }

  @Test
  void aNetworkOnWhichServersReachEachOtherIsRefused() {
    bed.docker("network", "create", bed.network());
    assertThatThrownBy(engine::network)
        .isInstanceOf(EngineRejected.class)
        .hasMessageContaining("docker network rm " + bed.network());
  }

  @Test
  void aContainerHasTheUsersIdentityAndNoPrivileges() {
    var container = start(spec("facts", SLEEP));
    assertThat(bed.inside(container, "id"))
        .isEqualTo("uid=70001 gid=70002 groups=70002,70003,70004");
    assertThat(bed.inside(container, "cat", "/proc/1/status"))
        .contains("NoNewPrivs:\t1")
        .containsPattern("CapPrm:\\t0+\\n")
        .containsPattern("CapBnd:\\t0+\\n")
        .containsPattern("Uid:\\t70001");
    assertThat(bed.inside(container, "ps")).contains("init");
    assertThat(bed.inside(container, "pwd")).isEqualTo("/srv");
    assertThat(bed.inside(container, "sh", "-c", "echo \"$GREETING\"")).isEqualTo("hello  world");
  }

  @Test
  void aContainerHasItsLimitsAndLabels() {
    var container = start(spec("limits", SLEEP));
    assertThat(engine.container(container).orElseThrow().labels())
        .containsEntry("org.homeport.network", bed.network())
        .containsEntry("org.homeport.id", "ada");
    assertThat(
            bed.docker(
                "inspect",
                "--format",
                "{{with .HostConfig}}{{.Memory}} {{.MemorySwap}} {{.NanoCpus}} {{.PidsLimit}}"
                    + " {{.LogConfig.Type}}"
                    + " {{index .LogConfig.Config \"max-size\"}}{{end}}",
                container))
        .isEqualTo("67108864 67108864 500000000 64 json-file 10m");
  }

  @Test
  void withoutACommandTheImagesOwnRuns() {
    var container = start(spec("own", List.of()));
    assertThat(bed.docker("inspect", "--format", "{{.Config.Cmd}}", container))
        .isEqualTo("[jupyterhub-singleuser]");
    assertThat(bed.tiny().command()).containsExactly("jupyterhub-singleuser");
  }

  @Test
  void creatingTwiceMakesOneContainer() {
    var spec = spec("twice", SLEEP);
    var made = engine.create(spec).orElseThrow();
    assertThat(engine.create(spec)).isEmpty();
    assertThat(engine.container(spec.name()))
        .hasValueSatisfying(
            container -> {
              assertThat(container.id()).isEqualTo(made);
              assertThat(container.state()).isEqualTo(Container.State.CREATED);
            });
  }

  @Test
  void theLifeOfAContainerIsTold() {
    var container = start(spec("life", SLEEP));
    var running = engine.container(container).orElseThrow();
    assertThat(running.state()).isEqualTo(Container.State.RUNNING);
    assertThat(running.address().orElseThrow()).matches("[\\d.]+");
    engine.start(container);

    engine.stop(container, GRACE);
    engine.stop(container, GRACE);
    var exited = engine.container(container).orElseThrow();
    assertThat(exited.state()).isEqualTo(Container.State.EXITED);
    assertThat(exited.exitCode()).isEqualTo(OptionalInt.of(143));
    assertThat(exited.since()).isAfter(running.since());
    assertThat(engine.containers()).extracting(Container::id).containsExactly(exited.id());

    engine.remove(container);
    engine.remove(container);
    engine.stop(container, GRACE);
    assertThat(engine.container(container)).isEmpty();
  }

  @Test
  void memoryBeyondTheLimitIsTold() {
    var container = start(spec("oom", List.of("sh", "-c", "tail /dev/zero")));
    await().until(() -> state(container) == Container.State.EXITED);
    var exited = engine.container(container).orElseThrow();
    assertThat(exited.outOfMemory()).isTrue();
    assertThat(exited.exitCode()).isEqualTo(OptionalInt.of(137));
  }

  @Test
  void theLastLinesOfTheLogAreShown() {
    var container =
        start(spec("log", List.of("sh", "-c", "echo one; echo two; echo three; sleep 600")));
    await().untilAsserted(() -> assertThat(engine.log(container, 2)).isEqualTo("two\nthree\n"));
    assertThat(engine.log(bed.network() + "-none", 2)).isEmpty();
  }

  @Test
  void aCommandThatTheImageLacksEndsTheContainer() {
    var container = start(spec("lacks", List.of("no-such-command")));
    await().until(() -> state(container) == Container.State.EXITED);
    assertThat(engine.container(container).orElseThrow().exitCode()).isEqualTo(OptionalInt.of(127));
    assertThat(engine.log(container, 5)).contains("no-such-command");
  }

  @Test
  void aContainerThatCannotStartIsRejectedInTheEnginesWords() {
    var spec = spec("file", SLEEP, Path.of("/bin/busybox"), List.of());
    assertThatThrownBy(() -> start(spec))
        .isInstanceOf(EngineRejected.class)
        .hasMessageContaining("/bin/busybox is not a directory");
  }

  @Test
  void readOnlyHoldsForWhatIsMountedBelow() throws Exception {
    var data = Files.createTempDirectory(Path.of("/var/tmp"), bed.network());
    var below = Files.createDirectories(data.resolve("sub/with space"));
    run("mount", "-t", "tmpfs", "tmpfs", below.toString());
    try {
      Files.writeString(below.resolve("there"), "seen");
      run("chmod", "-R", "0777", data.toString());
      var container =
          start(spec("data", SLEEP, List.of(new Mount(data, Path.of("/srv/data"), true))));
      assertThat(bed.inside(container, "cat", "/srv/data/sub/with space/there")).isEqualTo("seen");
      for (var folder : List.of("/srv/data", "/srv/data/sub", "/srv/data/sub/with space")) {
        assertThatThrownBy(() -> bed.inside(container, "touch", folder + "/new"))
            .as(folder)
            .hasMessageContaining("Read-only file system");
      }
    } finally {
      run("umount", below.toString());
      run("rm", "-r", data.toString());
    }
  }

  @Test
  void aTextIsAFileInTheContainerForAsLongAsTheContainer() throws IOException {
    var text = new Mount(new MountSource.Text("hello\n"), Path.of("/etc/motd"), true);
    var spec = spec("text", SLEEP, List.of(text));
    var container = start(spec);
    assertThat(bed.inside(container, "cat", "/etc/motd")).isEqualTo("hello");
    assertThatThrownBy(() -> bed.inside(container, "sh", "-c", "echo > /etc/motd"));
    assertThat(permissions(bed.texts().resolve(spec.name()))).isEqualTo("rwx------");
    engine.remove(container);
    engine.forget(spec.name());
    engine.forget(spec.name());
    assertThat(bed.texts().resolve(spec.name())).doesNotExist();
  }

  @Test
  void aVolumeIsRejectedByAnEngineThatCannotMountIt() {
    var volume = new MountSource.Volume("homes", RawPath.of("ada"));
    var spec = spec("volume", SLEEP, List.of(new Mount(volume, Path.of("/mnt"), false)));
    assertThatThrownBy(() -> engine.create(spec)).isInstanceOf(EngineRejected.class);
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void aMountWhoseSourceIsMissingIsRejectedAndNotMade() {
    var missing = Path.of("/var/tmp", bed.network() + "-missing");
    var spec = spec("missing", SLEEP, List.of(new Mount(missing, Path.of("/mnt"), false)));
    assertThatThrownBy(() -> engine.create(spec))
        .isInstanceOf(EngineRejected.class)
        .hasMessageContaining(missing.toString());
    assertThat(missing).doesNotExist();
  }

  @Test
  void anImageIsReadWithoutRunning() throws IOException {
    try (var image = engine.open(bed.tiny().id())) {
      var passwd = new TarArchiveInputStream(image.archive("/etc/passwd").orElseThrow());
      assertThat(passwd.getNextEntry().getName()).isEqualTo("passwd");
      assertThat(new String(passwd.readAllBytes())).startsWith("root:x:0:0:");
      assertThat(image.archive("/no/such/path")).isEmpty();
      var seeds = new TarArchiveInputStream(image.archive("/home/jovyan").orElseThrow());
      assertThat(seeds.getNextEntry().getName()).isEqualTo("jovyan/");
    }
    assertThat(readers()).isEmpty();
  }

  @Test
  void anArchiveLeftHalfReadHoldsNothingUp() throws IOException {
    var began = System.nanoTime();
    try (var image = engine.open(bed.tiny().id())) {
      assertThat(image.archive("/").orElseThrow().read()).isNotNegative();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    assertThat(readers()).isEmpty();
  }

  @Test
  void whatAnotherBridgeLeftOpenIsRemovedAndOnlyThat() throws IOException {
    try (var before = new DockerEngine(EngineBed.HOST, bed.network(), bed.texts());
        var ours = engine.open(bed.tiny().id())) {
      before.open(bed.tiny().id());
      assertThat(readers()).hasSize(2);
      engine.removeLeftovers();
      assertThat(readers()).hasSize(1);
      assertThat(ours.archive("/etc/group")).isPresent();
    }
  }

  @Test
  void imagesAreListedWithTheirNames() {
    assertThat(engine.images())
        .anySatisfy(
            image -> {
              assertThat(image.names()).contains(EngineBed.TINY.name());
              assertThat(image.id()).isEqualTo(bed.tiny().id());
              assertThat(image.size()).isPositive();
            });
    assertThat(engine.image(ImageName.of("homeport-test/none:1"))).isEmpty();
  }

  @Test
  @Timeout(60)
  void anImageIsPulledWithProgress() throws IOException {
    try (var registry = new TestRegistry()) {
      var name = registry.image("pulled");
      bed.removeAtEnd(name);
      // The engine tells a slow listener only the newest, so the layer waits to be heard of.
      var rest = registry.holdLayers();
      var image =
          engine.pull(
              name,
              (done, total) -> {
                if (total > 0) {
                  rest.countDown();
                }
              });
      assertThat(rest.getCount()).isZero();
      assertThat(image.names()).contains(name.name());
      assertThat(image.digest())
          .hasValueSatisfying(digest -> assertThat(digest).startsWith("sha256:"));
      assertThat(engine.image(name)).contains(image);
    }
  }

  @Test
  void anImageThatTheRegistryLacksIsRejected() throws IOException {
    try (var registry = new TestRegistry()) {
      var name = ImageName.of(registry.host() + "/nothing:1");
      assertThatThrownBy(() -> engine.pull(name, (done, total) -> {}))
          .isInstanceOf(EngineRejected.class);
    }
  }

  private String start(ContainerSpec spec) {
    engine.network();
    engine.start(engine.create(spec).orElseThrow());
    return spec.name();
  }

  private Container.State state(String container) {
    return engine.container(container).orElseThrow().state();
  }

  private List<String> readers() {
    return bed.docker("ps", "-aq", "--filter", "label=org.homeport.reader=" + bed.network())
        .lines()
        .toList();
  }

  private ContainerSpec spec(String name, List<String> command) {
    return spec(name, command, List.of());
  }

  private ContainerSpec spec(String name, List<String> command, List<Mount> mounts) {
    return spec(name, command, Path.of("/srv"), mounts);
  }

  private ContainerSpec spec(
      String name, List<String> command, Path workingDirectory, List<Mount> mounts) {
    return new ContainerSpec(
        bed.network() + "-" + name,
        bed.tiny().id(),
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

  private static void run(String... command) throws Exception {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }
}
