package org.homeport.bridge.pages;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A hub as far as its OAuth goes: whoever it lets in comes with a code for the pages. */
public final class PretendedHub implements AutoCloseable {
  public static final String SECRET = "shared-by-hub-and-bridge";
  public static final String ACCESS = "access:services!service=homeport";

  private final Map<String, List<String>> people = new ConcurrentHashMap<>();
  private final HttpServer server;

  public PretendedHub() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/hub/api/oauth2/token", this::token);
    server.createContext("/hub/api/user", this::user);
    server.start();
  }

  public String api() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hub/api";
  }

  /** Signs somebody in; the code that the browser brings back is the name. */
  public void knows(String name, String... scopes) {
    people.put(name, List.of(scopes));
  }

  /** Signs somebody out: their tokens end. */
  public void forgets(String name) {
    people.remove(name);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void token(HttpExchange exchange) throws IOException {
    var form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var code = URLDecoder.decode(form.replaceAll(".*code=([^&]*).*", "$1"), StandardCharsets.UTF_8);
    var isOurs = form.contains("client_secret=" + SECRET) && people.containsKey(code);
    answer(exchange, isOurs ? 200 : 400, "{\"access_token\": \"of-" + json(code) + "\"}");
  }

  private void user(HttpExchange exchange) throws IOException {
    var token =
        exchange.getRequestHeaders().getFirst("Authorization").substring("Bearer ".length());
    var name = token.substring("of-".length());
    var scopes = people.get(name);
    answer(
        exchange,
        scopes == null ? 403 : 200,
        "{\"name\": \"%s\", \"scopes\": [%s]}"
            .formatted(
                json(name), scopes == null ? "" : "\"" + String.join("\", \"", scopes) + "\""));
  }

  private static String json(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  private static void answer(HttpExchange exchange, int status, String json) throws IOException {
    var body = json.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    try (var out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
