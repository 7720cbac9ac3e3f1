package org.homeport.bridge.command;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Shows the plan of a start. */
@Command(name = "plan", description = "Prints what a start would look like; changes nothing.")
public final class PlanCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @ParentCommand private Entry entry;

  @Parameters(paramLabel = "USER", description = "The user's name in the hub.")
  private String user;

  @Parameters(paramLabel = "IMAGE", description = "The environment.")
  private String image;

  @Option(
      names = "--groups",
      paramLabel = "GROUP",
      split = ",",
      description = "The user's groups in the hub.")
  private List<String> groups = List.of();

  @Override
  public Integer call() {
    var request = Map.of("user", user, "image", image, "groups", groups);
    spec.commandLine()
        .getOut()
        .println(entry.bridge().post("plans?dry-run", request).toPrettyString());
    return RunFollower.DONE;
  }
}
