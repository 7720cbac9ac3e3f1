package org.homeport.bridge.remote.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Comparator;
import java.util.Map;
import org.homeport.bridge.backup.BackupBed;
import org.homeport.bridge.backup.VerifySample;
import org.homeport.bridge.run.Run;
import org.homeport.bridge.run.Run.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A backup folder that is not what it was: a run says so, and saves nothing until it is told to.
 */
class FolderLossTest {
  private static final Map<String, String> SAVED =
      Map.of("a.txt", "a", "course/b.txt", "b", "course/deep/c.txt", "c");

  @TempDir Path place;
  private Path disk;
  private BackupBed bed;

  @BeforeEach
  void backUpOnce() {
    disk = place.resolve("disk");
    bed = new BackupBed(place, new FolderRemotes(disk, Clock.systemUTC()));
    SAVED.forEach(bed.home()::write);
    assertThat(bed.backUp().status()).isEqualTo(Status.DONE);
  }

  @AfterEach
  void closeBed() {
    bed.close();
  }

  @Test
  void anEmptiedDiskIsAFailureUntilItIsAdopted() throws IOException {
    remove(disk);
    for (var night = 0; night < 3; night++) {
      assertFailed(bed.backUp(), "--begin-anew");
    }
    assertThat(disk).as("nothing is saved unasked").doesNotExist();
    bed.home().write("a.txt", "changed");
    assertFailed(bed.backUp(), "--begin-anew");
    bed.home().write("a.txt", "a");
    assertThat(bed.backUpAnew().status()).isEqualTo(Status.DONE);
    assertAllIsSaved();
  }

  @Test
  void aDiskThatIsMountedOnlyAfterTheFirstBackupIsAFailure() throws IOException {
    var beneath = place.resolve("beneath");
    Files.move(disk, beneath);
    Files.createDirectory(disk, ownerOnly());
    assertFailed(bed.backUp(), "Mount its disk");
    assertThat(disk).as("nothing is saved unasked").isEmptyDirectory();
    Files.delete(disk);
    Files.move(beneath, disk);
    assertThat(bed.backUp().status()).isEqualTo(Status.DONE);
    assertAllIsSaved();
  }

  @Test
  void anotherDiskOfTheSameHomeCanBeAdoptedAndSendsOnlyWhatItLacks() throws IOException {
    var first = place.resolve("first");
    Files.move(disk, first);
    assertThat(bed.backUpAnew().report().filesSent()).isEqualTo(3);
    bed.home().write("a.txt", "newer");
    bed.backUp();
    remove(disk);
    Files.move(first, disk);
    assertFailed(bed.backUp(), "is not the one that was written to before");
    var adopted = bed.backUpAnew();
    assertThat(adopted.status()).isEqualTo(Status.DONE);
    assertThat(adopted.report().filesSent()).isEqualTo(1);
    assertThat(bed.saved()).containsEntry("a.txt", "newer").hasSize(3);
    assertThat(verified()).isEqualTo(Status.DONE);
  }

  @Test
  void aFolderThatIsMissingIsNamedAndSavedAgainOnRequest() throws IOException {
    remove(disk.resolve("home/ada/course"));
    assertFailed(bed.backUp(), "home/ada/course is missing");
    assertThat(bed.backUpAnew().status()).isEqualTo(Status.DONE);
    assertAllIsSaved();
  }

  @Test
  void aHomeThatIsMissingIsAFailureThoughItsCatalogIsThere() throws IOException {
    remove(disk.resolve("home"));
    assertFailed(bed.backUp(), "is missing");
    assertThat(bed.backUpAnew().status()).isEqualTo(Status.DONE);
    assertAllIsSaved();
  }

  @Test
  void aFileThatIsMissingIsSavedAgainOnRequest() throws IOException {
    Files.delete(disk.resolve("home/ada/a.txt"));
    assertThat(verified()).isEqualTo(Status.PARTIAL);
    assertThat(bed.backUpAnew().report().filesSent()).isEqualTo(1);
    assertAllIsSaved();
  }

  @Test
  void aCatalogThatLostItsEndIsAFailure() throws IOException {
    try (var file = new RandomAccessFile(catalog().toFile(), "rw")) {
      file.setLength(file.length() / 2);
    }
    assertFailed(bed.backUp(), "is not the one that was written to before");
  }

  @Test
  void aFlippedBitInTheCatalogIsAFailureAndNothingOfItIsOverwritten() throws IOException {
    bed.home().write("d.txt", "d");
    bed.backUp();
    try (var file = new RandomAccessFile(catalog().toFile(), "rw")) {
      file.seek(file.length() / 2);
      file.write('\n');
    }
    var damaged = Files.readAllBytes(catalog());
    bed.home().write("e.txt", "e");
    bed.restart();
    assertFailed(bed.backUp(), "is damaged");
    assertThat(Files.readAllBytes(catalog())).isEqualTo(damaged);
  }

  @Test
  void aFolderThatOthersCanWriteToIsRefused() throws IOException {
    Files.setPosixFilePermissions(disk, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertFailed(bed.backUp(), "chmod go-w " + disk);
    Files.setPosixFilePermissions(disk, PosixFilePermissions.fromString("rwxr-x---"));
    assertThat(bed.backUp().status()).isEqualTo(Status.DONE);
  }

  @Test
  void aFolderThatBelongsToSomebodyElseIsRefused() throws IOException {
    Files.setAttribute(disk, "unix:uid", 1234);
    assertFailed(bed.backUp(), "belongs to uid 1234");
  }

  private void assertAllIsSaved() {
    assertThat(bed.saved()).isEqualTo(SAVED);
    assertThat(verified()).isEqualTo(Status.DONE);
    assertThat(bed.backUp().report().filesSent()).isZero();
  }

  private Status verified() {
    return bed.verifications().verify(BackupBed.HOME, "test", VerifySample.ALL).status();
  }

  private static void assertFailed(Run run, String words) {
    assertThat(run.status()).isEqualTo(Status.FAILED);
    assertThat(run.report().message()).contains(words);
  }

  private Path catalog() {
    return disk.resolve(".homeport/ada/catalog.jsonl");
  }

  private static void remove(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static FileAttribute<?> ownerOnly() {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  }
}
