package org.homeport.bridge.backup.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.bridge.backup.BackupBed.ADA;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.homeport.bridge.backup.BackupBed;
import org.homeport.bridge.backup.Backups.Request;
import org.homeport.bridge.backup.Run;
import org.homeport.bridge.backup.Run.Status;
import org.homeport.bridge.backup.Wire.When;
import org.homeport.bridge.database.OnBothDatabases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a backup withstands: the death of its process at any step, and a process beside it. */
class FolderSurvivalTest {
  private static final int KILLED = 128 + 9;

  @TempDir Path place;
  private BackupBed bed;

  @BeforeEach
  void openBed() {
    bed = new BackupBed(place, BackupChild.remotes(place));
  }

  @AfterEach
  void closeBed() {
    bed.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"BEFORE", "AFTER"})
  void killedAtEveryStepItEndsInTheSameTree(When when) throws Exception {
    bed.home().write("a/b/one.txt", "one").write("a/two.txt", "two").write("three.txt", "three");
    killAtEveryWrite(when);
    var first = Map.of("a/b/one.txt", "one", "a/two.txt", "two", "three.txt", "three");
    assertThat(bed.saved()).isEqualTo(first).isEqualTo(filesAtTheFarEnd());

    bed.home().write("a/two.txt", "two again").delete("a/b").write("a/four.txt", "four");
    killAtEveryWrite(when);
    var second = Map.of("a/two.txt", "two again", "a/four.txt", "four", "three.txt", "three");
    assertThat(bed.saved()).isEqualTo(second).isEqualTo(filesAtTheFarEnd());
    assertThat(bed.revisions("a/two.txt")).containsExactly("two", "two again");
    assertThat(bed.revisions("a/four.txt")).containsExactly("four");
  }

  @Test
  void killedAtAnyMomentItEndsInTheSameTree() throws Exception {
    for (var i = 0; i < 200; i++) {
      bed.home().write("f" + i % 20 + "/file-" + i, "text " + i);
    }
    var random = new Random(7);
    for (var round = 0; round < 6; round++) {
      var child = BackupChild.start(place, "die", When.NEVER, 0);
      if (!child.waitFor(600 + random.nextInt(1200), TimeUnit.MILLISECONDS)) {
        child.destroyForcibly().waitFor();
      }
      bed.home().write("f" + round + "/file-" + round, "round " + round);
    }
    assertThat(bed.backUpAlone().status()).isEqualTo(Status.DONE);
    assertThat(bed.saved()).hasSize(200).isEqualTo(filesAtTheFarEnd());
    assertThat(place.resolve("far-end/.homeport/ada/incoming")).isEmptyDirectory();
    bed.wire().reset();
    assertThat(bed.backUp().status()).isEqualTo(Status.DONE);
    assertThat(bed.wire().count("create", "update", "createFolders", "trash")).isZero();
  }

  @Test
  @OnBothDatabases
  void twoProcessesMakeOneRun() throws Exception {
    bed.home().write("a.txt", "a").write("b.txt", "b");
    var child = BackupChild.start(place, "wait", When.BEFORE, 3);
    var said = child.inputReader().readLine();
    assertThat(said).startsWith("waiting before");

    var joined = bed.backups().start(ADA, new Request("now", false));
    assertThat(joined.isRunning()).isTrue();
    assertThat(joined.startedBy()).isEqualTo("test");
    assertThat(bed.backups().start(ADA, new Request("now", false)).number())
        .isEqualTo(joined.number());
    assertThat(bed.backups().backUp(ADA, new Request("nightly", false))).isEmpty();

    child.getOutputStream().write('\n');
    child.getOutputStream().flush();
    assertThat(child.waitFor()).isZero();
    var runs = bed.runs().latest(ADA, Run.Kind.BACKUP, 10);
    assertThat(runs).extracting(Run::number).containsExactly(joined.number());
    assertThat(runs.get(0).status()).isEqualTo(Status.DONE);
    assertThat(bed.saved()).hasSize(2);
  }

  /**
   * Kills process after process, each one write later than the one before, until one comes through.
   */
  private void killAtEveryWrite(When when) throws Exception {
    for (var write = 1; ; write++) {
      var code = BackupChild.start(place, "die", when, write).waitFor();
      if (code == 0) {
        return;
      }
      assertThat(code).isEqualTo(KILLED);
    }
  }

  private Map<String, String> filesAtTheFarEnd() {
    var home = place.resolve("far-end/home/ada");
    var files = new TreeMap<String, String>();
    try (var all = Files.walk(home)) {
      for (var file : all.filter(Files::isRegularFile).toList()) {
        files.put(home.relativize(file).toString(), Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }
}
