package org.homeport.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.homeport.bridge.api.OpenApi;
import org.homeport.bridge.command.ApiClient;
import org.homeport.bridge.command.BackupCommand;
import org.homeport.bridge.command.BackupsCommand;
import org.homeport.bridge.command.RestoreCommand;
import org.homeport.bridge.command.StatusCommand;
import org.homeport.bridge.command.TokenCommand;
import org.homeport.bridge.command.VerifyCommand;
import org.homeport.bridge.settings.SettingsRefused;
import org.homeport.bridge.token.AdminToken;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line. */
@Command(
    name = "homeport",
    description = "A persistent home for every JupyterHub user.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Version.class,
    subcommands = {
      StatusCommand.class,
      TokenCommand.class,
      BackupCommand.class,
      BackupsCommand.class,
      RestoreCommand.class,
      VerifyCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:failed", "2:wrong usage or settings", "3:done in part"})
public final class Main {
  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;

  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = "/etc/homeport/homeport.yaml",
      description = "The settings (default: ${DEFAULT-VALUE}).",
      scope = ScopeType.INHERIT)
  private Path config;

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (e, command, parsed) -> {
              command.getErr().println("homeport: " + explain(e));
              return e instanceof SettingsRefused ? WRONG_USAGE : FAILED;
            });
  }

  @Command(description = "Runs the bridge until it is told to stop; servers outlive it.")
  int serve() throws InterruptedException {
    var homeport = new Homeport(Settings.read(config));
    Runtime.getRuntime().addShutdownHook(new Thread(homeport::close, "stop"));
    new CountDownLatch(1).await(); // the signal to stop ends the process
    return DONE;
  }

  /** The launcher archives the classes that this loads, so that serve starts fast. */
  @Command(hidden = true, description = "Starts the bridge, asks it, and stops it.")
  int rehearse() {
    try (var homeport = new Homeport(Settings.read(config))) {
      bridge().get("tokens");
      print("rehearsed on " + homeport.address());
      return DONE;
    }
  }

  @Command(description = "Checks this host and the settings, with a fix for everything wrong.")
  int doctor(@Option(names = "--json", description = "Prints JSON.") boolean json) {
    var findings = new Doctor(config).examine();
    if (json) {
      print(findings.toJson());
    } else {
      findings.lines().forEach(this::print);
    }
    return findings.allWell() ? DONE : FAILED;
  }

  @Command(description = "Prints what the API is, for programs: OpenAPI as JSON.")
  int openapi() {
    print(OpenApi.json(Version.TEXT));
    return DONE;
  }

  @Command(description = "Lists the servers that the running bridge knows.")
  int servers(@Option(names = "--json", description = "Prints JSON.") boolean json) {
    var servers = bridge().get("servers");
    if (json) {
      print(servers.toPrettyString());
      return DONE;
    }
    servers
        .path("items")
        .forEach(
            server ->
                print(
                    "%-8s  %-40s  %s"
                        .formatted(
                            text(server, "state"), text(server, "id"), text(server, "image"))));
    return DONE;
  }

  @Command(description = "Prints what a start would look like; changes nothing.")
  int plan(
      @Parameters(paramLabel = "USER", description = "The user's name in the hub.") String user,
      @Parameters(paramLabel = "IMAGE", description = "The environment.") String image,
      @Option(
              names = "--groups",
              paramLabel = "GROUP",
              split = ",",
              description = "The user's groups in the hub.")
          List<String> groups) {
    var request =
        Map.of("user", user, "image", image, "groups", groups == null ? List.of() : groups);
    print(bridge().post("plans?dry-run", request).toPrettyString());
    return DONE;
  }

  /** The running bridge, as root on this machine sees it. */
  public ApiClient bridge() {
    var settings = Settings.read(config);
    var token =
        AdminToken.read(settings.adminToken())
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        settings.adminToken()
                            + " is not there: start the bridge first, and run this as root."));
    return new ApiClient(settings.listen(), token);
  }

  private void print(String line) {
    spec.commandLine().getOut().println(line);
  }

  private static String text(JsonNode object, String field) {
    return object.path(field).asText();
  }

  /** Our own exceptions say it all; a foreign one below says what ours could not know. */
  private static String explain(Throwable e) {
    var message = e.getMessage() == null ? e.toString() : e.getMessage();
    var cause = e.getCause();
    return e instanceof SettingsRefused || cause == null || message.contains(cause.toString())
        ? message
        : message + " [" + cause + "]";
  }
}
