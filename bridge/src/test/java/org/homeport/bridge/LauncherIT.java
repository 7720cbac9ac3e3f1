package org.homeport.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.homeport.bridge.command.ApiClient;
import org.homeport.bridge.token.AdminToken;
import org.homeport.bridge.web.ListenAddress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher with the jar that is shipped. */
class LauncherIT {
  private static final Path LAUNCHER = Path.of("src/main/launcher/homeport").toAbsolutePath();
  private static final Duration SOON = Duration.ofMinutes(2);

  @TempDir Path folder;
  private Path jar;

  @BeforeEach
  void copyTheJar() throws IOException {
    try (var built = Files.newDirectoryStream(Path.of("target"), "homeport-bridge-*-all.jar")) {
      jar = Files.copy(built.iterator().next(), folder.resolve("homeport.jar"));
    }
  }

  @Test
  void serveAnswersStopsWhenToldAndKeepsAnArchiveOfItsClasses() throws Exception {
    var config = RunningBridge.write(folder, "listen: unix:" + folder + "/socket");
    var bridge = serve(config);
    assertThat(archives()).hasSize(1);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache())))
        .isEqualTo("rwx------");

    bridge.destroy();
    assertThat(bridge.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(bridge.exitValue()).isEqualTo(128 + 15);
    assertThat(folder.resolve("socket")).doesNotExist();
  }

  @Test
  void anotherJarGetsAnotherArchive() throws Exception {
    var config = RunningBridge.write(folder, "listen: unix:" + folder + "/socket");
    end(serve(config));
    var first = archives();

    end(serve(config));
    assertThat(archives()).isEqualTo(first);

    Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
    end(serve(config));
    assertThat(archives()).hasSize(1).isNotEqualTo(first);
  }

  @Test
  void aCacheThatOthersCouldHaveFilledIsRefused() throws Exception {
    Files.createSymbolicLink(cache(), Files.createDirectory(folder.resolve("elsewhere")));
    var run = launcher("--version").start();
    assertThat(run.waitFor()).isEqualTo(1);
    assertThat(run.errorReader().readLine()).contains(cache() + " must be a folder of yours");
  }

  private Process serve(Path config) throws IOException {
    var process =
        launcher("serve", "--config", config.toString())
            .redirectError(folder.resolve("log").toFile())
            .start();
    var token = folder.resolve("state/admin.token");
    Awaitility.await()
        .atMost(SOON)
        .failFast(() -> !process.isAlive())
        .until(() -> Files.exists(token) && answers(token));
    return process;
  }

  private boolean answers(Path token) {
    try {
      var address = new ListenAddress.Unix(folder.resolve("socket"));
      return new ApiClient(address, AdminToken.read(token).orElseThrow())
          .get("tokens")
          .has("items");
    } catch (ApiClient.NoBridge e) {
      return false;
    }
  }

  private static void end(Process process) throws InterruptedException {
    process.destroy();
    process.waitFor();
  }

  private ProcessBuilder launcher(String... arguments) {
    var command = new ArrayList<>(List.of("/bin/sh", LAUNCHER.toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command);
    builder.environment().put("HOMEPORT_JAR", jar.toString());
    builder.environment().put("HOMEPORT_CACHE", cache().toString());
    return builder;
  }

  private Path cache() {
    return folder.resolve("cache");
  }

  private List<Path> archives() throws IOException {
    try (var files = Files.newDirectoryStream(cache(), "classes-*.jsa")) {
      var archives = new ArrayList<Path>();
      files.forEach(archives::add);
      return archives;
    }
  }
}
