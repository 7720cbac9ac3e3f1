package org.homeport.bridge.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.Authenticator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {
  private static final Map<String, String> CAMPUS =
      Map.of(
          "HTTPS_PROXY", "http://proxy.campus.example:3128",
          "http_proxy", "plain.campus.example:8080",
          "NO_PROXY", "internal.example, .lab.example,*.test.example,192.0.2.7");

  @ParameterizedTest
  @CsvSource({
    "https://www.googleapis.com/drive/v3, proxy.campus.example:3128",
    "http://hub.example:8081/hub/api, plain.campus.example:8080",
    "https://internal.example/x, ",
    "https://a.internal.example/x, ",
    "https://notinternal.example/x, proxy.campus.example:3128",
    "https://gpu.lab.example/x, ",
    "https://a.test.example/x, ",
    "http://192.0.2.7:8081/hub/api, ",
    "http://localhost:8081/hub/api, ",
    "http://127.0.0.1:8081/hub/api, ",
    "http://[::1]:8081/hub/api, ",
  })
  void eachAddressGoesItsWay(URI uri, String proxy) {
    assertThat(Proxies.of(CAMPUS).select(uri))
        .singleElement()
        .satisfies(
            way -> {
              if (proxy == null) {
                assertThat(way).isEqualTo(Proxy.NO_PROXY);
              } else {
                assertThat(way.address()).hasToString(proxy.replace(":", "/<unresolved>:"));
              }
            });
  }

  @Test
  void anAddressOfThisMachineIsAskedDirectly() throws Exception {
    for (var address : InetAddress.getAllByName(InetAddress.getLocalHost().getHostName())) {
      if (address.isLoopbackAddress() || !address.getHostAddress().contains(":")) {
        var uri = URI.create("http://" + address.getHostAddress() + ":8081/hub/api");
        assertThat(Proxies.of(CAMPUS).select(uri)).containsExactly(Proxy.NO_PROXY);
      }
    }
  }

  @Test
  void withoutAnEnvironmentAllIsDirect() {
    assertThat(Proxies.of(Map.of()).select(URI.create("https://a.example")))
        .containsExactly(Proxy.NO_PROXY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"socks5://proxy:1080", "http:///x", "::", "http://user:pa ss@x"})
  void whatIsNotAProxyIsRefusedWithoutBeingRepeated(String text) {
    assertThatThrownBy(() -> Proxies.of(Map.of("HTTPS_PROXY", text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("HTTPS_PROXY")
        .hasMessageNotContaining(text);
  }

  @Test
  void requestsReachAProxyThatWantsAPassword() throws Exception {
    var asked = new ArrayList<String>();
    var expected = "Basic " + Base64.getEncoder().encodeToString("ada:s3cret".getBytes());
    var proxy = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    proxy.createContext(
        "/",
        exchange -> {
          var known = expected.equals(exchange.getRequestHeaders().getFirst("Proxy-Authorization"));
          if (known) {
            asked.add(exchange.getRequestURI().toString());
          } else {
            exchange.getResponseHeaders().add("Proxy-Authenticate", "Basic realm=\"campus\"");
          }
          exchange.sendResponseHeaders(known ? 204 : 407, -1);
          exchange.close();
        });
    proxy.start();
    var before = ProxySelector.getDefault();
    try {
      Proxies.of(
              Map.of("HTTP_PROXY", "http://ada:s3cret@127.0.0.1:" + proxy.getAddress().getPort()))
          .install();
      var http =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .authenticator(Authenticator.getDefault())
              .build();
      var request = HttpRequest.newBuilder(URI.create("http://hub.example:8081/hub/api")).build();
      assertThat(http.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(204);
      assertThat(asked).isEqualTo(List.of("http://hub.example:8081/hub/api"));
    } finally {
      ProxySelector.setDefault(before);
      Authenticator.setDefault(null);
      proxy.stop(0);
    }
  }
}
