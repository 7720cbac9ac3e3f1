package org.homeport.bridge.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Lists the backups of a home. */
@Command(name = "backups", description = "Lists the backups of a home, the newest first.")
public final class BackupsCommand implements Callable<Integer> {
  private static final String ROW = "%-15s  %-20s  %-15s  %8s  %8s  %s";

  @Spec private CommandSpec spec;
  @ParentCommand private Entry entry;

  @Parameters(paramLabel = "USER", description = "The user's name in the hub.")
  private String user;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    var backups = entry.bridge().get(RunFollower.of(user, "/backups"));
    if (json) {
      out.println(backups.toPrettyString());
      return RunFollower.DONE;
    }
    out.println(ROW.formatted("NUMBER", "STARTED", "STATUS", "FILES", "SENT", "STARTED BY"));
    for (var run : backups.path("items")) {
      out.println(
          ROW.formatted(
              run.path("number").asText(),
              run.path("startedAt").asText().replaceFirst("\\.\\d+Z", "Z"),
              run.path("status").asText(),
              run.path("report").path("filesDone").asText(),
              run.path("report").path("filesSent").asText(),
              run.path("startedBy").asText()));
    }
    return RunFollower.DONE;
  }
}
