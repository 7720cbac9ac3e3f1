package org.homeport.bridge.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The users whom a command is about: one, or everybody. */
public final class ChosenUsers {
  @Parameters(paramLabel = "USER", description = "The user's name in the hub.")
  private String user;

  @Option(names = "--all", description = "Every user whom the bridge has served.")
  private boolean all;

  /** The work for one user; returns the exit code that tells how it went. */
  interface Work {
    int of(String user) throws InterruptedException;
  }

  /** Does the work for each of them, even if some are declined; returns the worst exit code. */
  int each(ApiClient bridge, PrintWriter out, Work work) throws InterruptedException {
    if (!all) {
      return work.of(user);
    }
    var worst = RunFollower.DONE;
    for (var each : everybody(bridge)) {
      var code = one(each, out, work);
      worst = code == RunFollower.DONE || worst == RunFollower.FAILED ? worst : code;
    }
    return worst;
  }

  private static int one(String user, PrintWriter out, Work work) throws InterruptedException {
    try {
      return work.of(user);
    } catch (ApiClient.Declined e) {
      out.println(user + ": " + e.getMessage().replace("\n", " "));
      return RunFollower.FAILED;
    }
  }

  private static List<String> everybody(ApiClient bridge) {
    var users = bridge.get("users").path("items");
    return StreamSupport.stream(users.spliterator(), false)
        .map(each -> each.path("user").asText())
        .toList();
  }
}
