package org.homeport.bridge;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.homeport.bridge.api.OpenApi;
import org.homeport.bridge.command.ApiClient;
import org.homeport.bridge.command.BackupCommand;
import org.homeport.bridge.command.BackupsCommand;
import org.homeport.bridge.command.Entry;
import org.homeport.bridge.command.ForgetCommand;
import org.homeport.bridge.command.PlanCommand;
import org.homeport.bridge.command.RestoreCommand;
import org.homeport.bridge.command.ServersCommand;
import org.homeport.bridge.command.StatusCommand;
import org.homeport.bridge.command.TokenCommand;
import org.homeport.bridge.command.VerifyCommand;
import org.homeport.bridge.settings.Proxies;
import org.homeport.bridge.settings.SettingsRefused;
import org.homeport.bridge.token.AdminToken;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
      ServersCommand.class,
      PlanCommand.class,
      TokenCommand.class,
      BackupCommand.class,
      BackupsCommand.class,
      RestoreCommand.class,
      VerifyCommand.class,
      ForgetCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:failed", "2:wrong usage or settings", "3:done in part"})
public final class Main implements Entry {
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

  @Command(description = "Runs the bridge until it is stopped; servers keep running.")
  int serve() throws InterruptedException {
    Proxies.of(System.getenv()).install();
    var homeport = new Homeport(Settings.read(config));
    Runtime.getRuntime().addShutdownHook(new Thread(homeport::close, "stop"));
    new CountDownLatch(1).await(); // the signal to stop ends the process
    return DONE;
  }

  /** Loads what a start needs: the launcher archives these classes, so that serve starts fast. */
  @Command(hidden = true, description = "Starts the bridge, asks it, and stops it.")
  int rehearse() {
    try (var homeport = new Homeport(Settings.read(config))) {
      bridge().get("tokens");
      print("rehearsed on " + homeport.address());
      return DONE;
    }
  }

  @Command(description = "Checks this host and the settings, and tells how to fix what is wrong.")
  int doctor(@Option(names = "--json", description = "Prints JSON.") boolean json) {
    var findings = new Doctor(config).examine();
    if (json) {
      print(findings.toJson());
    } else {
      findings.lines().forEach(this::print);
    }
    return findings.allWell() ? DONE : FAILED;
  }

  @Command(description = "Prints the description of the API for programs: OpenAPI as JSON.")
  int openapi() {
    print(OpenApi.json(Version.TEXT));
    return DONE;
  }

  @Override
  public ApiClient bridge() {
    var settings = Settings.read(config);
    var token =
        AdminToken.read(settings.adminToken())
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        settings.adminToken()
                            + " does not exist: start the bridge first, and run this as root."));
    return new ApiClient(settings.listen(), token);
  }

  private void print(String line) {
    spec.commandLine().getOut().println(line);
  }

  /** Our own exceptions are complete; the message of a foreign cause may add what ours lack. */
  private static String explain(Throwable e) {
    var message = e.getMessage() == null ? e.toString() : e.getMessage();
    var cause = e.getCause();
    return e instanceof SettingsRefused || cause == null || message.contains(cause.toString())
        ? message
        : message + " [" + cause + "]";
  }
}
