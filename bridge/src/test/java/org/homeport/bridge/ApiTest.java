package org.homeport.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.homeport.bridge.RunningBridge.Answer;
import org.homeport.bridge.database.OnBothDatabases;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The API over real HTTP, with no engine behind it. */
@OnBothDatabases
class ApiTest {
  private static final String START =
      """
      {"user": "ada", "image": "homeport-test/tiny:1"}\
      """;

  @TempDir static Path folder;
  private static RunningBridge bridge;

  @BeforeAll
  static void start() {
    bridge = RunningBridge.in(folder);
  }

  @AfterAll
  static void stop() {
    bridge.close();
  }

  @Test
  void aBridgeWithoutEngineIsAliveAndNotReady() {
    assertThat(bridge.send(as("", "/healthz")).status()).isEqualTo(200);
    assertProblem(bridge.get("/readyz"), 503, "engine-unavailable");
  }

  @Test
  void aProblemHasTheFieldsOfTheExample() {
    var problem = bridge.post("/api/v1/plans", START.replace("homeport-test", "evil"));

    assertThat(problem.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(names(problem.json())).isEqualTo(names(Examples.json("problem.json")));
    assertThat(problem.header("X-Homeport-Reference"))
        .matches("[0-9a-f]{8}")
        .isEqualTo(problem.json().path("reference").asText());
  }

  @Test
  void anImageThatIsNotAllowedIsForbidden() {
    var evil = START.replace("homeport-test", "evil");
    for (var path : List.of("/servers", "/plans", "/plans?dry-run")) {
      var problem = bridge.post("/api/v1" + path, evil);
      assertProblem(problem, 403, "image-not-allowed");
      assertThat(problem.json().path("field").asText()).isEqualTo("image");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                                | user
          null                                              | body
          []                                                | body
          "ada"                                             | body
          {"user": "ada"                                    | body
          {"user": "ada", "user": "bob"}                    | body
          {"user": "ada", "image": "a:1"} {}                | body
          {"user": null, "image": "a:1"}                    | user
          {"user": 7, "image": "a:1"}                       | user
          {"user": "", "image": "a:1"}                      | user
          {"user": "a/b", "image": "a:1"}                   | user
          {"user": "ada"}                                   | image
          {"user": "ada", "image": ["a:1"]}                 | image
          {"user": "ada", "image": "A B"}                   | image
          {"user": "ada", "image": "a:1", "serverName": 1}  | serverName
          {"user": "ada", "image": "a:1", "colour": "red"}  | colour
          {"user": "ada", "image": "a:1", "groups": "x"}    | groups
          {"user": "ada", "image": "a:1", "command": [1]}   | command[0]
          {"user": "ada", "image": "a:1", "environment": []}| environment
          {"user": "ada", "image": "a:1", "port": "80"}     | port
          {"user": "ada", "image": "a:1", "port": 0}        | port
          {"user": "ada", "image": "a:1", "answersAt": "x"} | answersAt
          {"user": "ada", "image": "a:1", "limits": 5}      | limits
          {"user": "ada", "image": "a:1", "limits": {"cpus": "2"}} | limits.cpus
          """)
  void aMalformedRequestNamesTheField(String body, String field) {
    for (var path : List.of("/servers", "/plans", "/plans?dry-run")) {
      var problem = bridge.post("/api/v1" + path, body);
      assertProblem(problem, 400, "bad-request");
      assertThat(problem.json().path("field").asText()).isEqualTo(field);
    }
  }

  @Test
  void aStartWaitsForAnEngineThatIsAway() {
    assertThat(bridge.post("/api/v1/servers", START).status()).isEqualTo(202);
    var waiting = bridge.get("/api/v1/servers/ada");
    assertThat(waiting.status()).isEqualTo(200);
    assertThat(waiting.json().path("state").asText()).isEqualTo("starting");
  }

  @Test
  void aLookWithoutEngineSaysSo() {
    assertProblem(bridge.get("/api/v1/servers"), 503, "engine-unavailable");
    assertProblem(bridge.get("/api/v1/environments"), 503, "engine-unavailable");
    assertProblem(bridge.get("/api/v1/status"), 503, "engine-unavailable");
  }

  @Test
  void aDryRunForAUserWhoIsNotThereYetIsAConflict() {
    assertProblem(
        bridge.post("/api/v1/plans?dry-run", START.replace("ada", "nobody-yet")),
        409,
        "account-missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Basic cm9vdA==", "Bearer", "Bearer homeport_guess"})
  void withoutAValidTokenNothingIsTold(String authorization) {
    for (var path : List.of("/api/v1/servers", "/api/v1/status", "/api/v1/tokens")) {
      var answer = bridge.send(as(authorization, path));
      assertProblem(answer, 401, "token-missing");
      assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "hub,   /api/v1/servers,      503",
    "hub,   /api/v1/environments, 503",
    "hub,   /api/v1/status,       503",
    "hub,   /api/v1/users,        403",
    "hub,   /api/v1/tokens,       403",
    "read,  /api/v1/servers,      503",
    "read,  /api/v1/users,        200",
    "read,  /api/v1/tokens,       403",
    "hub,   /api/v1/backups,      403",
    "read,  /api/v1/backups,      200",
    "hub,   /api/v1/environments/pulls, 403",
    "read,  /api/v1/environments/pulls, 200",
    "admin, /api/v1/users,        200",
    "admin, /api/v1/tokens,       200",
  })
  void aTokenOpensWhatItsScopeSays(String scope, String path, int status) {
    assertThat(bridge.send(as("Bearer " + issue(scope), path)).status()).isEqualTo(status);
  }

  @Test
  void aReaderChangesNothing() {
    var reader = "Bearer " + issue("read");
    var paths =
        List.of("/api/v1/servers", "/api/v1/plans", "/api/v1/tokens", "/api/v1/environments/pulls");
    for (var path : paths) {
      var post = as(reader, path).POST(BodyPublishers.ofString(START));
      assertProblem(bridge.send(post), 403, "scope-missing");
    }
    for (var path : List.of("/api/v1/servers/ada", "/api/v1/environments?image=a:1")) {
      assertProblem(bridge.send(as(reader, path).DELETE()), 403, "scope-missing");
    }
  }

  @Test
  void aRevokedTokenOpensNothing() {
    var created = bridge.post("/api/v1/tokens", "{\"name\": \"old\", \"scope\": \"read\"}").json();
    var path = "/api/v1/tokens/" + created.path("id").asText();
    var bearer = "Bearer " + created.path("token").asText();
    assertThat(bridge.send(as(bearer, "/api/v1/users")).status()).isEqualTo(200);

    assertThat(bridge.delete(path).status()).isEqualTo(204);

    assertThat(bridge.send(as(bearer, "/api/v1/users")).status()).isEqualTo(401);
    assertThat(bridge.delete(path).status()).isEqualTo(204);
    assertThat(bridge.get("/api/v1/tokens").response().body())
        .doesNotContain(created.path("token").asText());
  }

  @Test
  void aTokenOfAnUnknownScopeIsRefused() {
    var problem = bridge.post("/api/v1/tokens", "{\"name\": \"x\", \"scope\": \"root\"}");
    assertProblem(problem, 400, "bad-request");
    assertThat(problem.json().path("field").asText()).isEqualTo("scope");
  }

  @ParameterizedTest
  @ValueSource(strings = {"?dryrun", "?dry-run&consnet", "?path=x"})
  void aMistypedParameterIsRefusedAndBeginsNothing(String query) {
    var answer = bridge.post("/api/v1/users/ada/backups" + query, "{}");
    assertProblem(answer, 400, "bad-request");
    assertThat(answer.json().path("remedy").asText())
        .isEqualTo("Use begin-anew, consent, dry-run.");
    assertThat(bridge.get("/api/v1/users/ada/backups").json().path("items")).isEmpty();
  }

  @Test
  void theTokenOfTheCommandLineCannotBeRevoked() {
    var own = bridge.get("/api/v1/tokens").json().path("items").findValuesAsText("id").get(0);
    var answer = bridge.delete("/api/v1/tokens/" + own);
    assertProblem(answer, 409, "token-in-use");
    assertThat(bridge.get("/api/v1/tokens").status()).isEqualTo(200);
  }

  @Test
  void whatIsNotThereIsNotFound() {
    assertProblem(bridge.get("/api/v1/nothing"), 404, "not-found");
    assertProblem(bridge.get("/"), 404, "not-found");
    assertProblem(bridge.get("/api/v1/users/nobody"), 404, "not-found");
    assertProblem(bridge.get("/api/v1/servers/.."), 404, "not-found");
    assertProblem(bridge.get("/api/v1/users/%2E%2E"), 404, "not-found");
    assertProblem(bridge.delete("/api/v1/tokens/deadbeef"), 404, "not-found");
  }

  @Test
  void aMethodThatAPathDoesNotHaveIsNamed() {
    var problem = bridge.send(bridge.request("/api/v1/plans").DELETE());
    assertProblem(problem, 405, "method-not-allowed");
    assertThat(problem.header("Allow")).contains("POST");
  }

  @Test
  void aBodyThatIsTooLargeIsNotRead() {
    var large = START.replace("ada", "a".repeat(1_100_000));
    assertProblem(bridge.post("/api/v1/servers", large), 413, "body-too-large");
    var chunked = BodyPublishers.fromPublisher(BodyPublishers.ofString(large));
    assertProblem(
        bridge.send(bridge.request("/api/v1/servers").POST(chunked)), 413, "body-too-large");
  }

  @Test
  void aBodyThatIsNotSaidToBeJsonIsNotRead() {
    var text =
        bridge
            .request("/api/v1/servers")
            .setHeader("Content-Type", "text/plain")
            .POST(BodyPublishers.ofString(START));
    assertProblem(bridge.send(text), 415, "unsupported-media-type");
  }

  @Test
  void aPageFromElsewhereIsGivenNoRights() {
    var answer =
        bridge.send(bridge.request("/api/v1/users").setHeader("Origin", "https://evil.example"));
    assertThat(answer.response().headers().map().keySet())
        .noneMatch(name -> name.toLowerCase().startsWith("access-control"))
        .doesNotContain("set-cookie");
  }

  /** A request that says who asks by this header, or nothing at all when it is empty. */
  private static HttpRequest.Builder as(String authorization, String path) {
    return authorization.isEmpty()
        ? HttpRequest.newBuilder(URI.create("http://" + bridge.address() + path))
        : bridge.request(path).setHeader("Authorization", authorization);
  }

  private static String issue(String scope) {
    var request = "{\"name\": \"a test\", \"scope\": \"%s\"}".formatted(scope);
    return bridge.post("/api/v1/tokens", request).json().path("token").asText();
  }

  private static void assertProblem(Answer answer, int status, String code) {
    assertThat(answer.response().body()).contains("\"code\":\"" + code + "\"");
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.json().path("status").asInt()).isEqualTo(status);
    assertThat(answer.json().path("message").asText()).isNotBlank();
    assertThat(answer.json().path("remedy").asText()).isNotBlank();
  }

  private static List<String> names(JsonNode object) {
    var names = new ArrayList<String>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
