package org.homeport.bridge.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Lists the servers. */
@Command(name = "servers", description = "Lists the servers that the running bridge knows.")
public final class ServersCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @ParentCommand private Entry entry;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    var servers = entry.bridge().get("servers");
    if (json) {
      out.println(servers.toPrettyString());
      return RunFollower.DONE;
    }
    for (var server : servers.path("items")) {
      out.println(
          "%-8s  %-40s  %s"
              .formatted(
                  server.path("state").asText(),
                  server.path("id").asText(),
                  server.path("image").asText()));
    }
    return RunFollower.DONE;
  }
}
