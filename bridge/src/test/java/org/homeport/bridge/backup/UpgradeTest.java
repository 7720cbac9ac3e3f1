package org.homeport.bridge.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.homeport.bridge.backup.Restores.Request;
import org.homeport.bridge.database.OnBothDatabases;
import org.homeport.bridge.database.TestDatabase;
import org.homeport.bridge.remote.folder.FolderRemotes;
import org.homeport.bridge.run.Run;
import org.homeport.bridge.run.Run.Status;
import org.homeport.bridge.tree.TreeId;
import org.homeport.spawn.identity.HubUser;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A site that has Homeport 0.1.0, and its backups in a folder, starts this Homeport. */
@OnBothDatabases
class UpgradeTest {
  private static final long FIRST_BACKUP = 1_796_031_151_221L;
  private static final Pattern RUN_MANIFEST = Pattern.compile("homeport-runs/.*\\.jsonl$");

  @TempDir Path folder;
  private BackupBed bed;

  @BeforeEach
  void upgrade() throws IOException, URISyntaxException {
    var old = Path.of(UpgradeTest.class.getResource("made-by-0.1.0").toURI());
    copy(old.resolve("far-end"), folder.resolve("far-end"));
    // A repository keeps no empty folders.
    Files.createDirectories(folder.resolve("far-end/home/ada/course/data"));
    var sql = Files.readString(old.resolve("homeport.sql"));
    Jdbi.create(TestDatabase.url(BackupBed.databaseFile(folder)))
        .useTransaction(handle -> handle.createScript(sql).executeAsSeparateStatements());
    bed = new BackupBed(folder, new FolderRemotes(folder.resolve("far-end"), Clock.systemUTC()));
    bed.home()
        .write("notes.txt", "second\n")
        .write("course/week-1.ipynb", "{}\n")
        .folder("course/data")
        .write("100%.txt", "percent\n")
        .link("course/latest", "week-1.ipynb");
  }

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  void itsBackupsGoOnWithoutOneUpload() {
    var run = bed.backUp();
    assertThat(run.status()).isEqualTo(Status.DONE);
    assertThat(run.report().filesKnown()).isEqualTo(3);
    assertThat(run.report().filesSent()).isZero();
    assertThat(bed.saved())
        .containsOnlyKeys("100%.txt", "course/week-1.ipynb", "notes.txt")
        .containsEntry("notes.txt", "second\n");
    bed.home().write("notes.txt", "third\n");
    assertThat(bed.backUp().report().filesSent()).isOne();
    assertThat(bed.revisions("notes.txt")).containsExactly("first\n", "second\n", "third\n");
  }

  @Test
  void whatItSavedComesBackAsItWas() {
    var request =
        new Request("test", new RestorePoint.OfRun(FIRST_BACKUP), "", Optional.of("then"));
    assertThat(bed.restores().restore(BackupBed.HOME, request).status()).isEqualTo(Status.DONE);
    assertThat(bed.home().text("then/notes.txt")).isEqualTo("first\n");
    assertThat(bed.home().text("then/course/data/a.csv")).isEqualTo("1,2\n");
  }

  @Test
  void itsRunsAndItsScheduleAreStillKnown() {
    assertThat(bed.runs().latest(BackupBed.HOME, Run.Kind.BACKUP, 10)).hasSize(2);
    var bob = TreeId.home(HubUser.of("bob"));
    assertThat(bed.runs().latest(bob, Run.Kind.BACKUP, 10))
        .extracting(Run::status)
        .containsExactly(Status.REMOTE_FULL);
    assertThat(
            bed.database()
                .<String>read(
                    handle ->
                        handle
                            .createQuery("SELECT task_instance FROM scheduled_tasks")
                            .mapTo(String.class)
                            .one()))
        .isEqualTo("home:ada");
  }

  @Test
  void theHugeReportOfAnOldRunIsNotReadForAList() {
    var huge = "x".repeat(5_000_000);
    bed.database()
        .write(
            handle ->
                handle.execute(
                    "UPDATE backup_runs SET report = replace(report, '\"message\":\"\"', ?)"
                        + " WHERE number = ?",
                    "\"message\":\"" + huge + "\"",
                    FIRST_BACKUP));
    assertThat(bed.runs().latest(BackupBed.HOME, Run.Kind.BACKUP, 10))
        .extracting(run -> run.report().message())
        .containsExactly("", "The report of this run is too long to be shown.");
  }

  @Test
  void whatARunListsIsReadWithTheRunAlone() {
    bed.home().write("closed.txt", "c").mode("closed.txt", "---------");
    var run = bed.backUp();
    assertThat(bed.runs().find(BackupBed.HOME, run.number()).orElseThrow().report())
        .isEqualTo(run.report());
    var listed = bed.runs().latest(BackupBed.HOME, Run.Kind.BACKUP, 1).get(0).report();
    assertThat(listed.skippedCount()).isEqualTo(run.report().skippedCount()).isPositive();
    assertThat(listed.skipped()).isEmpty();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var all = Files.walk(from)) {
      for (var one : all.toList()) {
        var copy = to.resolve(from.relativize(one).toString());
        if (RUN_MANIFEST.matcher(one.toString()).find()) {
          compress(one, Path.of(copy + ".gz"));
        } else {
          Files.copy(one, copy);
        }
      }
    }
  }

  /** The repository has them as text. */
  private static void compress(Path text, Path compressed) throws IOException {
    try (var out = new GZIPOutputStream(Files.newOutputStream(compressed))) {
      Files.copy(text, out);
    }
  }
}
