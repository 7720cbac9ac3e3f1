package org.homeport.bridge.pages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.Authenticator;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.homeport.bridge.web.Refused;
import org.homeport.bridge.web.Urls;

/** The hub as the pages need it: it signs people in, and says who they are and what they may. */
final class Hub {
  private static final String CLIENT = "service-homeport";
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HubSettings settings;
  private final Supplier<String> gateway;
  private final HttpClient http = client();

  /** A person as the hub knows them. */
  record Person(String name, Set<String> scopes) {
    Person {
      scopes = Set.copyOf(scopes);
    }
  }

  /**
   * @param gateway asked for only where the address of the hub has it
   */
  Hub(HubSettings settings, Supplier<String> gateway) {
    this.settings = settings;
    this.gateway = gateway;
  }

  private static HttpClient client() {
    var builder =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE);
    Optional.ofNullable(Authenticator.getDefault()).ifPresent(builder::authenticator);
    return builder.build();
  }

  /** The hub's page, on the host that the browser sees, that asks who is there. */
  String signInPage(String state) {
    return page("api/oauth2/authorize")
        + "?"
        + Urls.query(
            Map.of(
                "client_id",
                CLIENT,
                "redirect_uri",
                redirect(),
                "response_type",
                "code",
                "state",
                state));
  }

  /** A page of the hub itself, such as {@code home}. */
  String page(String path) {
    var own = URI.create(settings.api().replace(HubSettings.GATEWAY, "gateway")).getRawPath();
    return own.substring(0, own.length() - "api".length()) + path;
  }

  /** The token of the person whom the hub has just sent back; empty for a code of nobody. */
  Optional<String> token(String code) {
    var form =
        Urls.query(
            Map.of(
                "client_id",
                CLIENT,
                "client_secret",
                settings.token().get(),
                "grant_type",
                "authorization_code",
                "code",
                code,
                "redirect_uri",
                redirect()));
    var request =
        request("/oauth2/token")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form));
    return answer(request).map(answer -> answer.path("access_token").asText());
  }

  /**
   * Finds the person to whom a token belongs; empty when the hub has ended it, such as by signing
   * the person out.
   */
  Optional<Person> person(String token) {
    return answer(request("/user").header("Authorization", "Bearer " + token))
        .map(answer -> new Person(answer.path("name").asText(), scopes(answer)));
  }

  private String redirect() {
    return settings.prefix() + "oauth_callback";
  }

  private HttpRequest.Builder request(String path) {
    var api = settings.api();
    var address =
        api.contains(HubSettings.GATEWAY) ? api.replace(HubSettings.GATEWAY, gateway.get()) : api;
    return HttpRequest.newBuilder(URI.create(address + path)).timeout(PATIENCE);
  }

  /** The hub's answer; empty when it refuses. */
  private Optional<JsonNode> answer(HttpRequest.Builder request) {
    HttpResponse<byte[]> response;
    try {
      response = http.send(request.build(), BodyHandlers.ofByteArray());
      if (response.statusCode() == 200) {
        return Optional.of(JSON.readTree(response.body()));
      }
    } catch (IOException e) {
      throw unavailable("does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("was not waited for", e);
    }
    if (response.statusCode() / 100 == 4) {
      return Optional.empty();
    }
    throw unavailable("answers " + response.statusCode(), null);
  }

  private static Refused unavailable(String what, Exception cause) {
    var refused =
        new Refused(
            503,
            "hub-unavailable",
            "The hub, which knows who you are, " + what + ".",
            "Try again in a moment. Your files are safe.");
    refused.initCause(cause);
    return refused;
  }

  private static Set<String> scopes(JsonNode answer) {
    var scopes = new HashSet<String>();
    answer.path("scopes").forEach(scope -> scopes.add(scope.asText()));
    return scopes;
  }
}
