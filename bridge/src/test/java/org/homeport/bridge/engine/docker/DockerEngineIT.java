package org.homeport.bridge.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.OptionalInt;
import org.homeport.bridge.engine.Container;
import org.homeport.bridge.engine.ContainerEngine;
import org.homeport.bridge.engine.ContainerEngineContract;
import org.homeport.bridge.engine.ContainerSpec;
import org.homeport.bridge.engine.EngineRejected;
import org.homeport.spawn.files.RawPath;
import org.homeport.spawn.mount.Mount;
import org.homeport.spawn.mount.MountSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DockerEngineIT extends ContainerEngineContract {
  private static final List<String> SLEEP = List.of("sleep", "600");

  private EngineBed bed;
  private DockerEngine engine;
  private DockerEngine neighbour;

  @BeforeEach
  void open() {
    bed = new EngineBed();
    engine = bed.engine();
    neighbour = EngineBed.open(bed.network() + "-beside", bed.texts());
  }

  @AfterEach
  void close() {
    neighbour.close();
    bed.close();
  }

  @Override
  protected ContainerEngine engine() {
    return engine;
  }

  @Override
  protected ContainerEngine neighbour() {
    return neighbour;
  }

  @Override
  protected String network() {
    return bed.network();
  }

  @Override
  protected String image() {
    return bed.tiny().id();
  }

  @Override
  protected List<String> sleeping() {
    return SLEEP;
  }

  @Override
  protected List<String> endingWith(int code) {
    return List.of("sh", "-c", "exit " + code);
  }

  @Override
  protected List<String> writing(String... lines) {
    return List.of("sh", "-c", "echo " + String.join("; echo ", lines) + "; sleep 600");
  }

  @Test
  void versionsAreNumbers() {
    assertThat(engine.version().version()).matches("\\d+\\.\\d+.*");
    assertThat(engine.version().apiVersion()).matches("1\\.\\d+");
  }

  @Test
  void theNetworkIsOfThisHostAndKeepsServersApart() {
    var network = engine.network();
    var subnet = network.subnet().orElseThrow();
    assertThat(subnet).contains("/");
    assertThat(network.gateway().orElseThrow()).startsWith(subnet.replaceAll("\\.\\d+/.*", "."));
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
  void aNetworkThatWasRemovedIsTheSameAgain() {
    var before = engine.network();
    bed.docker("network", "rm", bed.network());
    assertThat(EngineBed.open(bed.network(), bed.texts()).network()).isEqualTo(before);
  }

  @Test
  void aNetworkWhoseSubnetWasTakenIsPutElsewhere() {
    var before = engine.network();
    var taken = bed.network() + "-taken";
    bed.docker("network", "rm", bed.network());
    bed.docker("network", "create", "--subnet", before.subnet().orElseThrow(), taken);
    try {
      assertThat(engine.network().subnet()).isNotEqualTo(before.subnet());
    } finally {
      bed.docker("network", "rm", taken);
    }
  }

  @Test
  void aNetworkThatSomebodyMadeMayLeaveItsGatewayOut() {
    var subnet = engine.network().subnet().orElseThrow(); // one that is free here
    bed.docker("network", "rm", bed.network());
    bed.docker(
        "network",
        "create",
        "--subnet",
        subnet,
        "--opt",
        "com.docker.network.bridge.enable_icc=false",
        bed.network());
    var network = engine.network();
    assertThat(network.subnet()).contains(subnet);
    assertThat(network.gateway()).contains(Subnet.of(subnet).gateway());
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
  void memoryBeyondTheLimitIsTold() {
    var container = start(spec("oom", List.of("sh", "-c", "tail /dev/zero")));
    await().until(() -> look("oom").state() == Container.State.EXITED);
    var exited = look("oom");
    assertThat(exited.outOfMemory()).isTrue();
    assertThat(exited.exitCode()).isEqualTo(OptionalInt.of(137));
  }

  @Test
  void aCommandThatTheImageLacksEndsTheContainer() {
    var container = start(spec("lacks", List.of("no-such-command")));
    await().until(() -> look("lacks").state() == Container.State.EXITED);
    assertThat(look("lacks").exitCode()).isEqualTo(OptionalInt.of(127));
    assertThat(engine.log(container, 5)).contains("no-such-command");
  }

  @Test
  void aContainerThatCannotStartIsRejectedInTheEnginesWords() {
    var spec = spec("file", image(), SLEEP, Path.of("/bin/busybox"), List.of());
    assertThatThrownBy(() -> start(spec))
        .isInstanceOf(EngineRejected.class)
        .hasMessageContaining("/bin/busybox is not a directory");
    assertThat(engine.containers()).isEmpty();
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
    assertThatThrownBy(() -> engine.run(spec)).isInstanceOf(EngineRejected.class);
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void aMountWhoseSourceIsMissingIsRejectedAndNotMade() {
    var missing = Path.of("/var/tmp", bed.network() + "-missing");
    engine.network();
    var spec = spec("missing", SLEEP, List.of(new Mount(missing, Path.of("/mnt"), false)));
    assertThatThrownBy(() -> engine.run(spec))
        .isInstanceOf(EngineRejected.class)
        .hasMessageContaining(missing.toString());
    assertThat(missing).doesNotExist();
  }

  private String start(ContainerSpec spec) {
    run(spec);
    return spec.name();
  }

  private static void run(String... command) throws Exception {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }
}
