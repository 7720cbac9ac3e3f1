package org.homeport.bridge.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.homeport.bridge.backup.Wire.End;
import org.homeport.bridge.database.TestDatabase;
import org.homeport.bridge.remote.TestRemote;

/** A process of its own that makes a backup, and dies or waits on the way. */
public final class BackupChild {
  private BackupChild() {}

  public static Process start(Path place, TestRemote farEnd) throws IOException {
    return start(place, farEnd, 0, End.DIE);
  }

  /**
   * @param step at which it ends; 0 for never
   */
  static Process start(Path place, TestRemote farEnd, int step, End end) throws IOException {
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
            farEnd.getClass().getName(),
            farEnd.address(),
            Integer.toString(step),
            end.name());
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  public static void main(String[] arguments) throws Exception {
    var place = Path.of(arguments[0]);
    var made = Class.forName(arguments[1]).getDeclaredConstructor().newInstance();
    try (var farEnd = (TestRemote) made;
        var bed = BackupBed.reopen(place, farEnd.open(place, arguments[2]))) {
      bed.wire().endAt(Integer.parseInt(arguments[3]), End.valueOf(arguments[4]));
      bed.backUpAlone();
    }
  }
}
