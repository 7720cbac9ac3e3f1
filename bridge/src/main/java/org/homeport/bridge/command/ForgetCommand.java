package org.homeport.bridge.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Forgets a user who has left. */
@Command(
    name = "forget",
    description =
        "Forgets a user who has left: servers, environment folders, runs and the index of what was"
            + " saved. Touches no file, neither in the home nor where it is saved to.")
public final class ForgetCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @ParentCommand private Entry entry;

  @Parameters(paramLabel = "USER", description = "The user's name in the hub.")
  private String user;

  @Override
  public Integer call() {
    entry.bridge().delete(RunFollower.of(user, ""));
    spec.commandLine().getOut().println(user + " is forgotten; the files stay.");
    return RunFollower.DONE;
  }
}
