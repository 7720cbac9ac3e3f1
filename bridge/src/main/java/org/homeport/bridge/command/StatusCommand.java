package org.homeport.bridge.command;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Shows what the running bridge is doing, once or until it is interrupted. */
@Command(name = "status", description = "Shows what the running bridge is doing.")
public final class StatusCommand implements Callable<Integer> {
  private static final Duration PACE = Duration.ofSeconds(2);

  // Over what was there, so that nothing flickers; ESC [K clears to the end of the line, [J below.
  private static final String TO_THE_TOP = "\033[H";
  private static final String END_OF_LINE = "\033[K";
  private static final String CLEAR_BELOW = "\033[J";

  @Spec private CommandSpec spec;
  @ParentCommand private Entry entry;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Option(
      names = "--watch",
      description =
          "Continues until Ctrl-C: redraws on a terminal, prints one below the other elsewhere.")
  private boolean watch;

  @Override
  public Integer call() throws InterruptedException {
    var bridge = entry.bridge();
    if (watch) {
      return watch(bridge);
    }
    print(look(bridge));
    return 0;
  }

  private int watch(ApiClient bridge) throws InterruptedException {
    var redraws = System.console() != null && !"dumb".equals(System.getenv("TERM"));
    if (redraws) {
      out().print(TO_THE_TOP + CLEAR_BELOW);
    }
    while (!System.out.checkError()) { // such as a pipe that nobody reads any more
      var lines = lookPatiently(bridge);
      if (redraws) {
        out().print(TO_THE_TOP + String.join(END_OF_LINE + "\n", lines) + END_OF_LINE + "\n");
        out().print(CLEAR_BELOW);
      } else {
        print(lines);
        print(List.of(""));
      }
      out().flush();
      Thread.sleep(PACE.toMillis());
    }
    return 0;
  }

  /** Goes on while the bridge or the engine is away, to show it come back. */
  private List<String> lookPatiently(ApiClient bridge) {
    try {
      return look(bridge);
    } catch (ApiClient.NoBridge | ApiClient.Declined e) {
      return e.getMessage().lines().toList();
    }
  }

  private List<String> look(ApiClient bridge) {
    return json
        ? bridge.get("status").toPrettyString().lines().toList()
        : StatusLines.of(bridge::get).lines();
  }

  private void print(List<String> lines) {
    lines.forEach(out()::println);
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
