package org.homeport.bridge.command;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import org.homeport.bridge.token.Secret;
import org.homeport.bridge.web.ListenAddress;
import org.junit.jupiter.api.Test;

class ApiClientTest {
  @Test
  void aBridgeThatEndsInsteadOfAnsweringIsOneThatIsAway() throws Exception {
    try (var bridge = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var ended = CompletableFuture.runAsync(() -> hearAndEnd(bridge));
      var client =
          new ApiClient(
              ListenAddress.of("127.0.0.1:" + bridge.getLocalPort()), new Secret("a token"));
      assertThatExceptionOfType(ApiClient.NoBridge.class).isThrownBy(() -> client.get("status"));
      ended.join();
    }
  }

  private static void hearAndEnd(ServerSocket bridge) {
    try (var caller = bridge.accept()) {
      caller.getInputStream().read(new byte[10_000]);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
