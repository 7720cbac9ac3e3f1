package org.homeport.bridge.command;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.homeport.bridge.settings.Sizes;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Restores files from a backup. */
@Command(
    name = "restore",
    description = "Restores files, into a new folder of the home by default.")
public final class RestoreCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @ParentCommand private Entry entry;

  @Parameters(paramLabel = "USER", description = "The user's name in the hub.")
  private String user;

  @ArgGroup private When when;
  @ArgGroup private Where where;

  @Option(
      names = "--path",
      paramLabel = "PATH",
      description = "A file or folder below the home (default: everything).")
  private String path = "";

  @Option(names = "--dry-run", description = "Lists what would be restored; changes nothing.")
  private boolean dryRun;

  /** The state of the home to restore; the latest one by default. */
  static final class When {
    @Option(
        names = "--at",
        paramLabel = "TIME",
        description = "From the last backup before this time, such as 2026-10-03T02:14:00Z.")
    private Instant at;

    @Option(
        names = "--run",
        paramLabel = "NUMBER",
        description = "From this backup; 'homeport backups' lists them.")
    private Long run;
  }

  /** The place to restore to; a new folder named after the day by default. */
  static final class Where {
    @Option(names = "--to", paramLabel = "DIR", description = "Into this folder below the home.")
    private String to;

    @Option(
        names = "--in-place",
        description = "To the original place; a different file there is kept under another name.")
    private boolean inPlace;
  }

  @Override
  public Integer call() throws InterruptedException {
    var bridge = entry.bridge();
    var out = spec.commandLine().getOut();
    if (!dryRun) {
      return new RunFollower(bridge, out).follow(user, "restores", request());
    }
    var preview = bridge.post(RunFollower.of(user, "/restores?dry-run"), request());
    preview.path("items").forEach(item -> out.println(item.path("path").asText()));
    if (preview.path("more").asLong() > 0) {
      out.println("and " + preview.path("more").asText() + " more");
    }
    out.println(
        "%s (%s) into ~/%s"
            .formatted(
                RunFollower.files(preview.path("files").asLong()),
                Sizes.text(preview.path("bytes").asLong()),
                preview.path("into").asText()));
    return RunFollower.DONE;
  }

  private Map<String, Object> request() {
    var request = new HashMap<String, Object>();
    request.put("path", path);
    if (when != null && when.at != null) {
      request.put("at", when.at.toString());
    } else if (when != null) {
      request.put("run", when.run);
    }
    if (where != null) {
      request.put("into", where.inPlace ? "" : where.to);
    }
    return request;
  }
}
