package org.homeport.bridge.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.IntStream;
import org.homeport.bridge.backup.BackupBed;
import org.homeport.bridge.database.OnBothDatabases;
import org.homeport.bridge.index.SavedFiles.SavedFile;
import org.homeport.bridge.remote.folder.FolderRemotes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A look at what was saved, a folder at a time. */
@OnBothDatabases
class SavedFilesTest {
  @TempDir Path folder;
  private BackupBed bed;
  private SavedFiles files;

  @BeforeEach
  void open() {
    bed = new BackupBed(folder, new FolderRemotes(folder.resolve("far-end"), Clock.systemUTC()));
    files = new SavedFiles(bed.database());
  }

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  void aFolderIsListedAsEachBackupHadIt() {
    bed.home().write("course/a.txt", "a").write("course/b.txt", "b").write("other/c.txt", "c");
    var first = bed.backUp().number();
    bed.home().delete("course/a.txt").write("course/d.txt", "d");
    var second = bed.backUp().number();
    assertThat(files.in(BackupBed.HOME, first, "course", "").items())
        .extracting(SavedFile::path)
        .containsExactly("course/a.txt", "course/b.txt");
    assertThat(files.in(BackupBed.HOME, second, "course", "").items())
        .extracting(SavedFile::path)
        .containsExactly("course/b.txt", "course/d.txt");
    assertThat(files.in(BackupBed.HOME, second, "", "").items())
        .extracting(SavedFile::path)
        .containsExactly("course", "other");
    assertThat(files.in(BackupBed.HOME, second, "nowhere", "").items()).isEmpty();
  }

  @Test
  void aBigFolderIsListedInParts() {
    IntStream.range(0, SavedFiles.MOST + 2)
        .forEach(i -> bed.home().write("f%05d".formatted(i), "x"));
    var run = bed.backUp().number();
    var part = files.in(BackupBed.HOME, run, "", "");
    assertThat(part.items()).hasSize(SavedFiles.MOST);
    var rest = files.in(BackupBed.HOME, run, "", part.next().orElseThrow());
    assertThat(rest.items()).extracting(SavedFile::path).containsExactly("f01000", "f01001");
    assertThat(rest.next()).isEmpty();
  }
}
