package org.homeport.bridge.command;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Checks that the backup of a home is complete and undamaged. */
@Command(
    name = "verify",
    description = "Compares the backup of a home with the index and the home; changes nothing.")
public final class VerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @ParentCommand private Entry entry;

  @ArgGroup(multiplicity = "1")
  private ChosenUsers users;

  @ArgGroup private Depth depth;

  /** The amount of data to read back; none by default. */
  static final class Depth {
    @Option(names = "--read-data", description = "Reads everything back.")
    private boolean readData;

    @Option(
        names = "--sample",
        paramLabel = "N/T",
        description = "Reads part N of T back; T such verifications read everything.")
    private String sample;
  }

  @Override
  public Integer call() throws InterruptedException {
    var out = spec.commandLine().getOut();
    var follower = new RunFollower(entry.bridge(), out);
    return users.each(
        entry.bridge(), out, user -> follower.follow(user, "verifications" + query(), Map.of()));
  }

  private String query() {
    if (depth == null) {
      return "";
    }
    return depth.readData ? "?read-data" : "?sample=" + depth.sample;
  }
}
