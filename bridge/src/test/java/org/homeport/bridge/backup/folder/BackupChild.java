package org.homeport.bridge.backup.folder;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.homeport.bridge.backup.BackupBed;
import org.homeport.bridge.backup.Wire;
import org.homeport.bridge.backup.Wire.When;
import org.homeport.bridge.database.TestDatabase;

/**
 * A process of its own that makes a backup, and dies or waits in the middle of one of its calls.
 */
final class BackupChild {
  private BackupChild() {}

  /**
   * @param what {@code die} or {@code wait}
   * @param write the number of the write from 1 on
   */
  static Process start(Path place, String what, When when, int write) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var command =
        List.of(
            java,
            "-XX:TieredStopAtLevel=1",
            TestDatabase.option(BackupBed.databaseFile(place)),
            "-cp",
            System.getProperty("java.class.path"),
            BackupChild.class.getName(),
            place.toString(),
            what,
            when.name(),
            Integer.toString(write));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  public static void main(String[] arguments) {
    var place = Path.of(arguments[0]);
    var when = When.valueOf(arguments[2]);
    var write = Integer.parseInt(arguments[3]);
    Wire.Fault fault = (call, number) -> number == write ? when : When.NEVER;
    try (var bed = BackupBed.reopen(place, remotes(place))) {
      if (arguments[1].equals("die")) {
        bed.wire().dieWith(fault);
      } else {
        bed.wire().waitWith(fault);
      }
      bed.backUpAlone();
    }
  }

  static FolderRemotes remotes(Path place) {
    return new FolderRemotes(place.resolve("far-end"), Clock.systemUTC());
  }
}
