package org.homeport.bridge.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.log.AuditFile;
import org.homeport.bridge.log.AuditSettings;
import org.homeport.bridge.token.Scope;
import org.homeport.bridge.token.Tokens;
import org.homeport.bridge.web.Access;
import org.homeport.bridge.web.Audit;
import org.homeport.bridge.web.ListenAddress;
import org.homeport.bridge.web.Problems;
import org.homeport.bridge.web.References;
import org.homeport.bridge.web.WebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InternalErrorTest {
  @TempDir Path folder;

  @Test
  void aFaultOfOursTellsItsReferenceAndNothingElse() throws Exception {
    try (var database = Database.open("jdbc:sqlite:" + folder.resolve("homeport.db"))) {
      var tokens = new Tokens(database, Clock.systemUTC());
      var token = tokens.issue("a test", Scope.ADMIN).secret().value();
      var audit = new AuditFile(new AuditSettings(folder.resolve("audit.log"), 1 << 20, 1));
      // Without the feature behind it, a route is a fault.
      var web =
          new WebServer(
              ListenAddress.of("127.0.0.1:0"),
              new Access(tokens),
              new Audit(audit, Clock.systemUTC()),
              new Problems(new Explanations()),
              List.of(new UserEndpoints(null, null, null, null)),
              List.of());
      try (web) {
        var answer = get("http://" + web.start() + "/api/v1/users", token);

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body())
            .contains("\"code\":\"internal-error\"")
            .contains(answer.headers().firstValue(References.HEADER).orElseThrow())
            .doesNotContain("Exception")
            .doesNotContain("org.homeport")
            .doesNotContain(token);
      }
    }
  }

  private static HttpResponse<String> get(String url, String token)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Bearer " + token)
                .build(),
            BodyHandlers.ofString());
  }
}
