package org.homeport.bridge.remote.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.homeport.bridge.backup.BackupBed;
import org.homeport.bridge.backup.BackupContract;
import org.homeport.bridge.backup.VerifySample;
import org.homeport.bridge.database.OnBothDatabases;
import org.homeport.bridge.remote.Remotes;
import org.homeport.bridge.run.Run.Status;
import org.homeport.bridge.run.Skipped;
import org.homeport.bridge.run.Skipped.Reason;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class FolderBackupTest extends BackupContract {
  @Test
  void onlyReadingBackFindsWhatTheDiskDamaged() throws IOException {
    bed.home().write("a.txt", "good").write("b.txt", "b").write("c.txt", "c");
    bed.backUp();
    var saved = folder.resolve("far-end/home/ada");
    Files.writeString(saved.resolve("a.txt"), "evil");
    Files.delete(saved.resolve("b.txt"));
    var byWhatItSays = bed.verifications().verify(BackupBed.HOME, "test", VerifySample.NONE);
    assertThat(byWhatItSays.status()).isEqualTo(Status.DONE);
    var byReading = bed.verifications().verify(BackupBed.HOME, "test", VerifySample.ALL);
    assertThat(byReading.status()).isEqualTo(Status.PARTIAL);
    assertThat(byReading.report().skipped())
        .extracting(Skipped::path, Skipped::reason)
        .containsExactlyInAnyOrder(tuple("a.txt", Reason.DAMAGED), tuple("b.txt", Reason.DAMAGED));
  }

  @Test
  void onlyChosenFoldersAreSavedAndTheRestStaysAsItWas() {
    bed.home()
        .write("notes.txt", "n")
        .write("courses/old/a.txt", "a")
        .write("courses/new/b.txt", "b");
    bed.backUp();
    bed.home().write("notes.txt", "changed").delete("courses/old").write("courses/new/c.txt", "c");
    bed.choose("courses/new");
    var run = bed.backUp();
    assertThat(run.status()).isEqualTo(Status.DONE);
    assertThat(run.report().skipped())
        .containsExactly(
            new Skipped("notes.txt", Reason.NOT_CHOSEN, "not in a folder that is backed up"));
    assertThat(bed.saved())
        .isEqualTo(
            Map.of(
                "notes.txt", "n",
                "courses/old/a.txt", "a",
                "courses/new/b.txt", "b",
                "courses/new/c.txt", "c"));
  }

  @Override
  protected Remotes remotes(Path folder) {
    return new FolderRemotes(folder, Clock.systemUTC());
  }
}
