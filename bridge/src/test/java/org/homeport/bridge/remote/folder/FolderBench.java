package org.homeport.bridge.remote.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.homeport.bridge.backup.BackupBed;
import org.homeport.bridge.run.Run.Status;

/**
 * Both sides of bench/first-backup: a home of many small files is saved to a folder for the first
 * time, and copied by {@code cp -a} and {@code sync -f}, in turn.
 */
public final class FolderBench {
  private static final int WARM_UP = 2_000;
  private static final int IN_A_FOLDER = 10;
  private static final double MOST = 1.5;

  private FolderBench() {}

  /**
   * @param args a folder, the number of files, the number of rounds, and {@code --check} or not
   */
  public static void main(String[] args) throws Exception {
    var place = Path.of(args[0]);
    var files = Integer.parseInt(args[1]);
    round(place.resolve("warm-up"), WARM_UP);
    var ratios = new ArrayList<Double>();
    for (var round = 1; round <= Integer.parseInt(args[2]); round++) {
      ratios.add(round(place.resolve("round-" + round), files));
    }
    Collections.sort(ratios);
    var median = ratios.get(ratios.size() / 2);
    System.out.printf("median: %.2f times cp -a and sync -f, at most %.1f%n", median, MOST);
    System.exit(args.length > 3 && median > MOST ? 1 : 0);
  }

  private static double round(Path place, int files) throws Exception {
    Files.createDirectories(place);
    try (var bed =
        new BackupBed(place, new FolderRemotes(place.resolve("to"), Clock.systemUTC()))) {
      for (var i = 0; i < files; i++) {
        bed.home().write("course-" + i / 1000 + "/week-" + i / IN_A_FOLDER + "/" + i, "cell " + i);
      }
      run("sync", "-f", place.toString());
      var copied = seconds(() -> copy(bed.home().path(""), place.resolve("copy")));
      var saved =
          seconds(
              () -> {
                if (bed.backUp().status() != Status.DONE) {
                  throw new IllegalStateException("The backup failed.");
                }
              });
      System.out.printf(
          "%,d files: saved in %.2f s, copied in %.2f s: %.2f%n",
          files, saved, copied, saved / copied);
      return saved / copied;
    }
  }

  private interface Work {
    void run() throws Exception;
  }

  private static double seconds(Work work) throws Exception {
    var start = Instant.now();
    work.run();
    return Duration.between(start, Instant.now()).toMillis() / 1000.0;
  }

  private static void copy(Path from, Path to) throws IOException, InterruptedException {
    run("cp", "-a", from.toString(), to.toString());
    run("sync", "-f", to.toString());
  }

  private static void run(String... command) throws IOException, InterruptedException {
    if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
      throw new IOException("Failed: " + List.of(command));
    }
  }
}
