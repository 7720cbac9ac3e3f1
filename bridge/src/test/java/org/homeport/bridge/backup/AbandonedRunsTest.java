package org.homeport.bridge.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.homeport.bridge.backup.Restores.Request;
import org.homeport.bridge.database.OnBothDatabases;
import org.homeport.bridge.remote.folder.FolderRemotes;
import org.homeport.bridge.run.Run;
import org.homeport.bridge.run.Run.Kind;
import org.homeport.bridge.run.Run.Status;
import org.homeport.spawn.refusal.SpawnRefused;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The end of runs whose bridge was killed or stopped. */
@OnBothDatabases
class AbandonedRunsTest {
  private static final Request EVERYTHING =
      new Request("test", new RestorePoint.Latest(), "", Optional.of("back"));

  @TempDir Path place;
  private BackupBed bed;

  @BeforeEach
  void saveAHome() {
    bed = new BackupBed(place, new FolderRemotes(place.resolve("far-end"), Clock.systemUTC()));
    bed.home().write("course/a.txt", "a").write("course/b.txt", "b");
    bed.backUp();
  }

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  void aRestoreThatWasKilledIsEndedWithWordsAndLeavesNothingInTheHome() throws Exception {
    bed.home().write("course/.homeport-notes", "a file of the user's own");
    RestoreChild.start(place).waitFor();
    assertThat(unfinished()).isNotEmpty();
    assertThat(lastRestore().isRunning()).isTrue();
    Awaitility.await()
        .until(
            () -> {
              bed.abandoned().look();
              return !lastRestore().isRunning();
            });
    assertThat(lastRestore().status()).isEqualTo(Status.FAILED);
    assertThat(lastRestore().report().message()).isEqualTo("Homeport stopped during this run.");
    assertThat(unfinished()).isEmpty();
    assertThat(bed.home().text("course/.homeport-notes")).isEqualTo("a file of the user's own");
    assertThat(bed.restores().restore(BackupBed.HOME, EVERYTHING).status()).isEqualTo(Status.DONE);
  }

  @Test
  void aBackupThatNobodyHoldsIsEndedThoughNoneFollows() {
    var lease = bed.runs().beginAlone(BackupBed.HOME, Kind.BACKUP, "test").orElseThrow();
    bed.abandoned().look();
    assertThat(status(lease.run())).isEqualTo(Status.RUNNING);
    bed.endLeases();
    var next = BackupBed.reopen(place, user -> bed.farEnd());
    try {
      next.abandoned().look();
      assertThat(next.runs().find(BackupBed.HOME, lease.run().number()).orElseThrow().status())
          .isEqualTo(Status.FAILED);
    } finally {
      next.close();
    }
  }

  @Test
  void ofRestoresOfOneHomeASecondOneIsRefusedUntilTheFirstIsOver() {
    var first = bed.runs().beginRestore(BackupBed.HOME, "test");
    assertThatThrownBy(() -> bed.restores().start(BackupBed.HOME, EVERYTHING))
        .isInstanceOfSatisfying(
            SpawnRefused.class, refused -> assertThat(refused.code()).isEqualTo("busy"));
    bed.runs().carryOut(first, progress -> {});
    assertThat(bed.restores().restore(BackupBed.HOME, EVERYTHING).status()).isEqualTo(Status.DONE);
  }

  @Test
  void aRestoreDoesNotKeepABackupFromRunning() {
    bed.runs().beginRestore(BackupBed.HOME, "test");
    assertThat(bed.backUp().status()).isEqualTo(Status.DONE);
  }

  @Test
  void whatIsUnderWayWhenHomeportStopsIsEndedWithWords() {
    var run = bed.runs().beginRestore(BackupBed.HOME, "test");
    bed.restart();
    var ended = bed.runs().find(BackupBed.HOME, run.number()).orElseThrow();
    assertThat(ended.status()).isEqualTo(Status.FAILED);
    assertThat(ended.report().message()).isEqualTo("Homeport was stopped during this run.");
    assertThat(bed.restores().restore(BackupBed.HOME, EVERYTHING).status()).isEqualTo(Status.DONE);
  }

  private Run lastRestore() {
    return bed.runs().latest(BackupBed.HOME, Kind.RESTORE, 1).get(0);
  }

  private Status status(Run run) {
    return bed.runs().find(BackupBed.HOME, run.number()).orElseThrow().status();
  }

  private List<Path> unfinished() throws IOException {
    try (var all = Files.walk(bed.home().account().home())) {
      return all.filter(file -> file.getFileName().toString().matches("\\.homeport-.{36}"))
          .toList();
    }
  }
}
