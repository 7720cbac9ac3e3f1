package org.homeport.bridge.command;

import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import org.homeport.bridge.settings.Sizes;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Backs up a home, or all of them, and waits for the end. */
@Command(name = "backup", description = "Backs up a home now, and reports the result.")
public final class BackupCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @ParentCommand private Entry entry;

  @ArgGroup(multiplicity = "1")
  private ChosenUsers users;

  @Option(names = "--dry-run", description = "Reports what would be done; changes nothing.")
  private boolean dryRun;

  @Option(
      names = "--consent",
      description = "Moves the backups of deleted files to the trash, however many they are.")
  private boolean consent;

  @Option(
      names = "--begin-anew",
      description =
          "Takes the remote as it is now and saves all that is missing there, after a disk was"
              + " replaced or emptied.")
  private boolean beginAnew;

  @Override
  public Integer call() throws InterruptedException {
    return users.each(
        entry.bridge(), spec.commandLine().getOut(), user -> dryRun ? preview(user) : backUp(user));
  }

  private int backUp(String user) throws InterruptedException {
    return new RunFollower(entry.bridge(), spec.commandLine().getOut())
        .follow(user, "backups" + flags(), Map.of());
  }

  private String flags() {
    var flags = new ArrayList<String>();
    if (consent) {
      flags.add("consent");
    }
    if (beginAnew) {
      flags.add("begin-anew");
    }
    return flags.isEmpty() ? "" : "?" + String.join("&", flags);
  }

  private int preview(String user) {
    var preview = entry.bridge().post(RunFollower.of(user, "/backups?dry-run"));
    spec.commandLine()
        .getOut()
        .println(
            "%s: %s files (%s), %s to read (%s), %s to remove, %s skipped"
                .formatted(
                    user,
                    preview.path("files").asText(),
                    Sizes.text(preview.path("bytes").asLong()),
                    preview.path("toRead").asText(),
                    Sizes.text(preview.path("toReadBytes").asLong()),
                    preview.path("removals").asText(),
                    preview.path("skipped").size()));
    return RunFollower.DONE;
  }
}
