package org.homeport.bridge.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.homeport.bridge.token.Scope;
import org.homeport.bridge.web.Urls;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The commands about tokens. */
@Command(
    name = "token",
    description = "Creates, lists and revokes the tokens of the API.",
    synopsisSubcommandLabel = "COMMAND")
public final class TokenCommand {
  private static final String ROW = "%-8s  %-5s  %-20s  %-20s  %s";

  @Spec private CommandSpec spec;
  @ParentCommand private Entry entry;

  @Command(description = "Creates a token and prints it; it is never shown again.")
  int create(
      @Option(
              names = "--scope",
              required = true,
              description =
                  "hub: servers, plans, environments; read: look, change nothing; admin: all.")
          Scope scope,
      @Parameters(
              paramLabel = "NAME",
              arity = "0..1",
              description = "Its purpose (default: its scope).")
          String name) {
    var request = Map.of("name", name == null ? scope.toString() : name, "scope", scope);
    print(entry.bridge().post("tokens", request).path("token").asText());
    return 0;
  }

  @Command(description = "Lists the tokens, without their secrets.")
  int list() {
    print(ROW.formatted("ID", "SCOPE", "CREATED", "LAST USED", "NAME"));
    entry.bridge().get("tokens").path("items").forEach(token -> print(row(token)));
    return 0;
  }

  @Command(description = "Revokes a token.")
  int revoke(
      @Parameters(paramLabel = "ID", description = "As 'homeport token list' shows it.")
          String id) {
    entry.bridge().delete("tokens/" + Urls.part(id));
    return 0;
  }

  private static String row(JsonNode token) {
    var revoked = token.path("revokedAt").isNull() ? "" : " (revoked)";
    return ROW.formatted(
        token.path("id").asText(),
        token.path("scope").asText(),
        seconds(token.path("createdAt")),
        token.path("lastUsedAt").isNull() ? "never" : seconds(token.path("lastUsedAt")),
        token.path("name").asText() + revoked);
  }

  private static String seconds(JsonNode time) {
    return time.asText().replaceFirst("\\.\\d+", "");
  }

  private void print(String line) {
    spec.commandLine().getOut().println(line);
  }
}
