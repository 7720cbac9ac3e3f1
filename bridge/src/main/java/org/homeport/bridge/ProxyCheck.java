package org.homeport.bridge;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Map;
import org.homeport.bridge.check.Check;
import org.homeport.bridge.check.Findings;
import org.homeport.bridge.settings.Proxies;

/** Looks whether the proxies that the environment names can be reached. */
record ProxyCheck(Map<String, String> environment) implements Check {
  private static final int PATIENCE_MILLIS = 5000;

  @Override
  public void look(Findings findings) {
    try {
      Proxies.of(environment).addresses().forEach(proxy -> look(findings, proxy));
    } catch (IllegalArgumentException e) {
      findings.wrong("proxy", e.getMessage(), "Correct it where the service gets it from.");
    }
  }

  private static void look(Findings findings, InetSocketAddress proxy) {
    var name = proxy.getHostString() + ":" + proxy.getPort();
    try (var socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(proxy.getHostString(), proxy.getPort()), PATIENCE_MILLIS);
      findings.ok("proxy", name + " takes Homeport's requests to the outside");
    } catch (IOException e) {
      findings.wrong(
          "proxy",
          name + " does not answer",
          "Correct HTTPS_PROXY and HTTP_PROXY, or remove them.");
    }
  }
}
