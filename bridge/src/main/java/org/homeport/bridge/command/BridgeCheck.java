package org.homeport.bridge.command;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.homeport.bridge.check.Check;
import org.homeport.bridge.check.Findings;
import org.homeport.bridge.token.AdminToken;
import org.homeport.bridge.web.ListenAddress;

/** Looks whether a bridge answers or, when none does, whether one could be started. */
public record BridgeCheck(ListenAddress listen, Path adminToken, Path config) implements Check {
  @Override
  public void look(Findings findings) {
    var token = AdminToken.read(adminToken);
    try {
      if (token.isPresent()) {
        var status = new ApiClient(listen, token.get()).get("status");
        findings.ok(
            "bridge",
            "version %s on %s, network %s"
                .formatted(
                    status.path("version").asText(),
                    listen,
                    status.path("network").path("subnet").asText()));
        return;
      }
    } catch (ApiClient.Declined e) {
      findings.wrong("bridge", "declines: " + e.problem(), e.remedy());
      return;
    } catch (ApiClient.NoBridge e) {
      // The next question is whether one could be started.
    }
    if (isFree()) {
      findings.note("bridge", "does not run", "homeport serve --config " + config);
    } else {
      findings.wrong(
          "bridge", listen + " is in use", "Stop what listens there, or set listen in " + config);
    }
  }

  private boolean isFree() {
    if (listen instanceof ListenAddress.Unix unix) {
      return !Files.exists(unix.path());
    }
    var tcp = (ListenAddress.Tcp) listen;
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(tcp.host(), tcp.port()));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
