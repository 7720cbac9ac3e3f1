package org.homeport.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.homeport.bridge.command.ApiClient;
import org.homeport.bridge.token.Secret;
import org.homeport.bridge.web.ListenAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starting and stopping a whole bridge. */
class HomeportTest {
  @TempDir Path folder;

  @Test
  void theStateFolderIsRootsAlone() throws IOException {
    try (var bridge = RunningBridge.in(folder)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state())))
          .isEqualTo("rwx------");
      assertThat(bridge.get("/healthz").status()).isEqualTo(200);
    }
  }

  @Test
  void aSecondBridgeOnTheSameStateIsRefused() {
    try (var bridge = RunningBridge.in(folder)) {
      assertThatThrownBy(() -> RunningBridge.in(folder))
          .hasMessage("Another bridge uses %s: stop it, or set state in homeport.yaml.", state());
      assertThat(bridge.get("/healthz").status()).isEqualTo(200);
    }
  }

  @Test
  void aBridgeThatStoppedLeavesRoomForTheNext() {
    RunningBridge.in(folder).close();
    try (var next = RunningBridge.in(folder)) {
      assertThat(next.get("/api/v1/tokens").status()).isEqualTo(200);
    }
  }

  @Test
  void aPortInUseIsNamedAndNothingIsLeftTaken(@TempDir Path elsewhere) {
    try (var bridge = RunningBridge.in(elsewhere)) {
      var listen = "listen: " + bridge.address();
      assertThatThrownBy(() -> RunningBridge.in(folder, listen))
          .hasMessageStartingWith(bridge.address() + " cannot be opened: stop what uses it");
    }
    RunningBridge.in(folder).close();
  }

  @Test
  void aUnixSocketIsForRootAndItsGroup() throws IOException {
    try (var bridge = RunningBridge.in(folder, "listen: unix:" + socket())) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
          .isEqualTo("rw-rw----");
      assertThat(client(bridge).get("users").path("items")).isEmpty();
    }
    assertThat(socket()).doesNotExist();
  }

  @Test
  void aSocketThatAKilledBridgeLeftIsTakenOver() throws IOException {
    listen().close(); // the file stays, as after a kill
    assertThat(socket()).exists();
    try (var bridge = RunningBridge.in(folder, "listen: unix:" + socket())) {
      assertThat(client(bridge).get("users").path("items")).isEmpty();
    }
  }

  @Test
  void aSocketThatSomebodyListensOnIsLeftAlone() throws IOException {
    try (var other = listen()) {
      assertThatThrownBy(() -> RunningBridge.in(folder, "listen: unix:" + socket()))
          .hasMessageStartingWith("Something already listens on " + socket());
      assertThat(other.isOpen()).isTrue();
      assertThat(socket()).exists();
    }
  }

  private ServerSocketChannel listen() throws IOException {
    var channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    return channel.bind(UnixDomainSocketAddress.of(socket()));
  }

  private ApiClient client(RunningBridge bridge) {
    return new ApiClient(new ListenAddress.Unix(socket()), new Secret(bridge.token()));
  }

  private Path state() {
    return folder.resolve("state");
  }

  private Path socket() {
    return folder.resolve("bridge.sock");
  }
}
