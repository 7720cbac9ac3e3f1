package org.homeport.bridge.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.homeport.bridge.backup.Backups.Request;
import org.homeport.bridge.backup.Wire.End;
import org.homeport.bridge.database.OnBothDatabases;
import org.homeport.bridge.remote.Md5;
import org.homeport.bridge.remote.TestRemote;
import org.homeport.bridge.run.Run;
import org.homeport.bridge.run.Run.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The survival of a backup: its process dies at any step, or another one runs beside it. */
public abstract class SurvivalContract {
  protected static final int KILLED = 128 + 9;

  @TempDir protected Path place;
  protected BackupBed bed;
  protected TestRemote farEnd;
  private final Map<String, Md5> home = new TreeMap<>();

  /** Empty storage, which lasts for one test. */
  protected abstract TestRemote farEnd(Path place) throws Exception;

  @BeforeEach
  void openBed() throws Exception {
    farEnd = farEnd(place);
    bed = new BackupBed(place, farEnd.open(place, farEnd.address()));
  }

  @AfterEach
  void closeBed() {
    bed.close();
    farEnd.close();
  }

  @Test
  void killedAtEveryStepItEndsInTheSameTree() throws Exception {
    write("first.txt", "first");
    bed.backUp();
    var step = 0;
    int exitCode;
    do {
      step++;
      change(step);
      exitCode = BackupChild.start(place, farEnd, step, End.DIE).waitFor();
      assertThat(exitCode).isIn(0, KILLED);
      bed.endLeases();
      assertThat(bed.backUp().status()).isEqualTo(Status.DONE);
      assertThat(farEnd.files()).as("killed at step %d", step).isEqualTo(home);
    } while (exitCode == KILLED);
    assertThat(step).as("the steps of a backup").isGreaterThan(10);
    assertThat(bed.revisions("first.txt")).hasSize(step + 1);
    assertNothingIsLeftToDo();
  }

  @Test
  void killedAtAnyMomentItEndsInTheSameTree() throws Exception {
    for (var i = 0; i < 200; i++) {
      write("f" + i % 20 + "/file-" + i, "text " + i);
    }
    var random = new Random(7);
    for (var round = 0; round < 5; round++) {
      var child = BackupChild.start(place, farEnd);
      if (!child.waitFor(600 + random.nextInt(1200), TimeUnit.MILLISECONDS)) {
        child.destroyForcibly().waitFor();
      }
      write("f" + round + "/file-" + round, "round " + round);
    }
    assertThat(bed.backUpAlone().status()).isEqualTo(Status.DONE);
    assertThat(farEnd.files()).isEqualTo(home);
    assertNothingIsLeftToDo();
  }

  @Test
  @OnBothDatabases
  void twoProcessesMakeOneRun() throws Exception {
    write("a.txt", "a");
    write("b.txt", "b");
    var child = BackupChild.start(place, farEnd, 5, End.WAIT);
    assertThat(child.inputReader().readLine()).startsWith("waiting");

    var joined = bed.backups().start(BackupBed.HOME, new Request("now", false));
    assertThat(joined.isRunning()).isTrue();
    assertThat(joined.startedBy()).isEqualTo("test");
    assertThat(bed.backups().start(BackupBed.HOME, new Request("now", false)).number())
        .isEqualTo(joined.number());
    assertThat(bed.backups().backUp(BackupBed.HOME, new Request("nightly", false))).isEmpty();

    child.getOutputStream().write('\n');
    child.getOutputStream().flush();
    assertThat(child.waitFor()).isZero();
    var runs = bed.runs().latest(BackupBed.HOME, Run.Kind.BACKUP, 10);
    assertThat(runs).extracting(Run::number).containsExactly(joined.number());
    assertThat(runs.get(0).status()).isEqualTo(Status.DONE);
    assertThat(farEnd.files()).isEqualTo(home);
  }

  /** A change of every kind, so that each backup has the same steps. */
  private void change(int number) {
    write("first.txt", "version " + number);
    write("folder-" + number + "/deep/file.txt", "file " + number);
    if (number > 1) {
      var last = "folder-" + (number - 1);
      bed.home().delete(last);
      home.remove(last + "/deep/file.txt");
    }
  }

  protected final void write(String path, String text) {
    bed.home().write(path, text);
    home.put(path, Md5.of(text.getBytes(StandardCharsets.UTF_8)));
  }

  protected final void assertNothingIsLeftToDo() {
    bed.wire().reset();
    assertThat(bed.backUp().status()).isEqualTo(Status.DONE);
    assertThat(bed.wire().count("create", "update", "createFolders", "trash", "move")).isZero();
    assertThat(bed.verifications().verify(BackupBed.HOME, "test", VerifySample.ALL).status())
        .isEqualTo(Status.DONE);
  }
}
