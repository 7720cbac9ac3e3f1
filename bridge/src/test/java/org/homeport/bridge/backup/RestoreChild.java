package org.homeport.bridge.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.homeport.bridge.backup.Wire.End;
import org.homeport.bridge.database.TestDatabase;
import org.homeport.bridge.remote.folder.FolderRemotes;

/** A process of its own that brings everything back, and dies at the first file that it reads. */
final class RestoreChild {
  private RestoreChild() {}

  static Process start(Path place) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var command =
        List.of(
            java,
            "-XX:TieredStopAtLevel=1",
            TestDatabase.option(BackupBed.databaseFile(place)),
            "-cp",
            System.getProperty("java.class.path"),
            RestoreChild.class.getName(),
            place.toString());
    return new ProcessBuilder(command).inheritIO().start();
  }

  public static void main(String[] arguments) {
    var place = Path.of(arguments[0]);
    var remotes = new FolderRemotes(place.resolve("far-end"), Clock.systemUTC());
    try (var bed = BackupBed.reopen(place, remotes)) {
      bed.wire().endAt(1, End.DIE);
      bed.restores()
          .restore(
              BackupBed.HOME,
              new Restores.Request("test", new RestorePoint.Latest(), "", Optional.of("back")));
    }
  }
}
