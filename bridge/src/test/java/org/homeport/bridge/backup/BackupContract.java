package org.homeport.bridge.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.homeport.bridge.backup.Wire.When;
import org.homeport.bridge.remote.NeedsReconnect;
import org.homeport.bridge.remote.NewFile;
import org.homeport.bridge.remote.NewFolder;
import org.homeport.bridge.remote.RemoteFull;
import org.homeport.bridge.remote.RemoteRejected;
import org.homeport.bridge.remote.Remotes;
import org.homeport.bridge.remote.TestContent;
import org.homeport.bridge.run.Report;
import org.homeport.bridge.run.Run.Status;
import org.homeport.bridge.run.Skipped;
import org.homeport.bridge.scan.TestMount;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The promises of a backup, whatever the remote. */
public abstract class BackupContract {
  @TempDir protected Path folder;
  protected BackupBed bed;

  /** The storage that the backups go to; empty at the start of each test. */
  protected abstract Remotes remotes(Path folder);

  @BeforeEach
  void openBed() {
    bed = new BackupBed(folder, remotes(folder.resolve("far-end")));
  }

  @AfterEach
  void closeBed() {
    bed.close();
  }

  @Test
  void theFilesArePlainFilesAtTheFarEnd() {
    bed.home().write("notes.txt", "hello").write("course/week 1/a.ipynb", "{}").folder("empty");
    var run = bed.backUp();
    assertThat(run.status()).isEqualTo(Status.DONE);
    assertThat(bed.saved()).isEqualTo(Map.of("notes.txt", "hello", "course/week 1/a.ipynb", "{}"));
    assertThat(bed.object("empty").isFolder()).isTrue();
    assertThat(run.report().filesSent()).isEqualTo(2);
  }

  /** The number of calls by method. */
  protected Map<String, Integer> callsOfAnUnchangedHome() {
    return Map.of("changesSince", 1, "close", 1);
  }

  @Test
  void anUnchangedHomeCostsOneQuestionOrTwo() {
    for (var i = 0; i < 300; i++) {
      bed.home().write("folder-" + i % 7 + "/file-" + i, "text " + i);
    }
    bed.backUp();
    bed.wire().reset();
    var run = bed.backUp();
    assertThat(run.status()).isEqualTo(Status.DONE);
    assertThat(run.report().filesDone()).isEqualTo(300);
    assertThat(bed.wire().calls()).isEqualTo(callsOfAnUnchangedHome());
  }

  @Test
  void aChangedFileIsSentAndItsOldContentIsKept() {
    bed.home().write("a.txt", "one").write("b.txt", "same");
    bed.backUp();
    bed.home().write("a.txt", "two");
    var run = bed.backUp();
    assertThat(run.report().filesSent()).isEqualTo(1);
    assertThat(bed.revisions("a.txt")).containsExactly("one", "two");
    assertThat(bed.revisions("b.txt")).containsExactly("same");
  }

  @Test
  void otherBytesOfTheSameSizeAndTimeAreFound() {
    var time = Instant.parse("2026-01-02T03:04:05Z");
    bed.home().write("a.txt", "one").modified("a.txt", time);
    bed.backUp();
    bed.home().write("a.txt", "two").modified("a.txt", time);
    bed.backUp();
    assertThat(bed.saved()).containsEntry("a.txt", "two");
  }

  @Test
  void whatIsDeletedAtHomeGoesToTheTrash() {
    bed.home().write("course/a.txt", "a").write("course/deep/b.txt", "b").write("c.txt", "c");
    bed.backUp();
    var id = bed.object("course/deep/b.txt").id();
    bed.home().delete("course");
    assertThat(bed.backUp().status()).isEqualTo(Status.DONE);
    assertThat(bed.saved()).isEqualTo(Map.of("c.txt", "c"));
    try (var farEnd = bed.farEnd()) {
      assertThat(farEnd.find(id).orElseThrow().trashed()).isTrue();
    }
    bed.home().write("course/a.txt", "again");
    bed.backUp();
    assertThat(bed.saved()).isEqualTo(Map.of("c.txt", "c", "course/a.txt", "again"));
  }

  @Test
  void aFileThatBecomesAFolderAndBackIsReplaced() {
    bed.home().write("thing", "a file");
    bed.backUp();
    bed.home().delete("thing").write("thing/inside", "a folder");
    bed.backUp();
    assertThat(bed.saved()).isEqualTo(Map.of("thing/inside", "a folder"));
    bed.home().delete("thing").write("thing", "a file again");
    bed.backUp();
    assertThat(bed.saved()).isEqualTo(Map.of("thing", "a file again"));
  }

  @Test
  void anEmptiedHomeDeletesNothingWithoutConsent() {
    for (var i = 0; i < 40; i++) {
      bed.home().write("file-" + i, "text");
    }
    bed.backUp();
    for (var i = 0; i < 30; i++) {
      bed.home().delete("file-" + i);
    }
    var run = bed.backUp();
    assertThat(run.status()).isEqualTo(Status.PARTIAL);
    assertThat(run.report().withheld()).isEqualTo(30);
    assertThat(bed.saved()).hasSize(40);
    assertThat(bed.backUpWithConsent().status()).isEqualTo(Status.DONE);
    assertThat(bed.saved()).hasSize(10);
  }

  @Test
  void whoRenamesTheFolderThatHoldsNearlyAllIsAskedNothing() throws IOException {
    for (var i = 0; i < 40; i++) {
      bed.home().write("course/file-" + i, "text " + i);
    }
    bed.home().write("notes.txt", "n");
    bed.backUp();
    Files.move(bed.home().path("course"), bed.home().path("course 2026"));
    assertThat(bed.backUp().status()).isEqualTo(Status.DONE);
    assertThat(bed.saved()).hasSize(41).containsEntry("course 2026/file-39", "text 39");
  }

  @Test
  void aRenamedFolderIsOneMoveAtTheRemote() throws IOException {
    for (var i = 0; i < 30; i++) {
      bed.home().write("course/week " + i % 3 + "/file-" + i, "text " + i);
    }
    bed.home().write("notes.txt", "n");
    bed.backUp();
    var id = bed.object("course/week 0/file-0").id();
    Files.createDirectory(bed.home().path("2026"));
    Files.move(bed.home().path("course"), bed.home().path("2026/course A"));
    bed.wire().reset();
    var run = bed.backUp();
    assertThat(run.status()).isEqualTo(Status.DONE);
    assertThat(run.report().filesSent()).isZero();
    assertThat(run.report().removed()).isZero();
    assertThat(bed.wire().count("move")).isEqualTo(1);
    assertThat(bed.saved()).hasSize(31).containsEntry("2026/course A/week 2/file-29", "text 29");
    assertThat(bed.object("2026/course A/week 0/file-0").id()).isEqualTo(id);
    bed.wire().reset();
    assertThat(bed.backUp().report().notes()).isEmpty();
    assertThat(bed.wire().calls()).doesNotContainKeys("move", "create", "update", "trash");
    bed.loseDatabase();
    assertThat(bed.backUp().report().filesSent()).isZero();
    assertThat(bed.saved()).hasSize(31);
  }

  @Test
  void renamedFilesKeepTheirIdsAndRevisionsEvenWhenTheyAreEditedToo() throws IOException {
    bed.home().write("a.txt", "one").write("b.txt", "same").write("old/c.txt", "c");
    bed.backUp();
    bed.home().write("a.txt", "two");
    bed.backUp();
    Files.move(bed.home().path("a.txt"), bed.home().path("A.txt"));
    Files.move(bed.home().path("old/c.txt"), bed.home().path("c.txt"));
    Files.move(bed.home().path("old"), bed.home().path("new"));
    bed.home().write("new/d.txt", "d");
    var run = bed.backUp();
    assertThat(run.status()).isEqualTo(Status.DONE);
    assertThat(run.report().filesSent()).isEqualTo(1);
    assertThat(bed.revisions("A.txt")).containsExactly("one", "two");
    assertThat(bed.saved())
        .isEqualTo(Map.of("A.txt", "two", "b.txt", "same", "c.txt", "c", "new/d.txt", "d"));
  }

  @Test
  void aFileThatMovedIntoAFolderWhichReplacedAFileLeavesOneObjectAtEachPath() throws IOException {
    bed.home().write("c", "a file first").write("old/x.txt", "x").write("notes.txt", "n");
    bed.backUp();
    bed.home().delete("c");
    Files.createDirectory(bed.home().path("c"));
    Files.move(bed.home().path("old/x.txt"), bed.home().path("c/x.txt"));
    assertThat(bed.backUpWithConsent().status()).isEqualTo(Status.DONE);
    assertThat(bed.saved()).isEqualTo(Map.of("c/x.txt", "x", "notes.txt", "n"));
  }

  @Test
  void aRenameThatTheRemoteRejectsIsSentInstead() throws IOException {
    bed.home().write("a.txt", "a").write("b.txt", "b").write("c.txt", "c");
    bed.backUp();
    Files.move(bed.home().path("a.txt"), bed.home().path("d.txt"));
    bed.wire()
        .breakWith(
            (call, number) -> call.equals("move") ? When.BEFORE : When.NEVER,
            where -> new RemoteRejected("No."));
    assertThat(bed.backUp().status()).isEqualTo(Status.DONE);
    assertThat(bed.saved()).isEqualTo(Map.of("d.txt", "a", "b.txt", "b", "c.txt", "c"));
  }

  @Test
  void whatCannotBeTrashedNowKeepsNothingNewFromBeingSaved() {
    bed.home().write("a.txt", "a").write("b.txt", "b").write("c.txt", "c");
    bed.backUp();
    bed.home().delete("a.txt").write("new.txt", "n");
    bed.wire().breakWith((call, number) -> call.equals("trash") ? When.BEFORE : When.NEVER);
    var run = bed.backUp();
    assertThat(run.status()).isEqualTo(Status.PARTIAL);
    assertThat(run.report().skipped()).extracting(Skipped::path).containsExactly("a.txt");
    assertThat(bed.saved()).containsEntry("new.txt", "n");
    bed.wire().mend();
    assertThat(bed.backUp().status()).isEqualTo(Status.DONE);
    assertThat(bed.saved()).isEqualTo(Map.of("b.txt", "b", "c.txt", "c", "new.txt", "n"));
  }

  @Test
  void aSmallHomeWithOtherFilesOnlyDeletesNothingWithoutConsent() {
    for (var i = 0; i < 19; i++) {
      bed.home().write("file-" + i, "text " + i);
    }
    bed.backUp();
    bed.home().empty();
    for (var i = 0; i < 4; i++) {
      bed.home().write("seed-" + i, "seed " + i);
    }
    var run = bed.backUp();
    assertThat(run.status()).isEqualTo(Status.PARTIAL);
    assertThat(run.report().withheld()).isEqualTo(19);
    assertThat(bed.saved()).hasSize(23);
    assertThat(bed.backUpWithConsent().status()).isEqualTo(Status.DONE);
    assertThat(bed.saved()).hasSize(4);
  }

  @Test
  void aHomeWithoutAnyFileDeletesNothingWithoutConsent() {
    bed.home().write("a.txt", "a").write("course/b.txt", "b");
    bed.backUp();
    bed.home().empty();
    assertThat(bed.backUp().status()).isEqualTo(Status.PARTIAL);
    assertThat(bed.saved()).hasSize(2);
    assertThat(bed.backUpWithConsent().status()).isEqualTo(Status.DONE);
    assertThat(bed.saved()).isEmpty();
  }

  @Test
  void whoMakesAnEnvironmentOfACourseFolderLosesNothing() {
    bed.home().write("course/a.ipynb", "one").write("data/big.csv", "1,2");
    bed.backUp();
    bed.home()
        .write("course/a.ipynb", "two")
        .write("course/pyvenv.cfg", "home = /usr/bin")
        .write("course/bin/activate", "x")
        .write("course/lib/python3.11/site-packages/x.py", "x")
        .write("data/CACHEDIR.TAG", "Signature: 8a477f597d28d172789f06886806bc55");
    var run = bed.backUp();
    assertThat(run.status()).isEqualTo(Status.DONE);
    assertThat(bed.saved())
        .containsOnlyKeys(
            "course/a.ipynb", "course/pyvenv.cfg", "course/bin/activate", "data/big.csv")
        .containsEntry("course/a.ipynb", "two");
    assertThat(run.report().skipped())
        .extracting(Skipped::path)
        .containsExactlyInAnyOrder("course/lib/python3.11", "data");
  }

  @Test
  void whatCannotBeReadIsNamedAndNotTakenForGone() {
    bed.home().write("open.txt", "a").write("closed/b.txt", "b");
    bed.backUp();
    bed.home().mode("closed", "---------").write("c.txt", "c").mode("c.txt", "---------");
    var run = bed.backUp();
    assertThat(run.status()).isEqualTo(Status.PARTIAL);
    assertThat(run.report().skipped())
        .extracting(Skipped::path)
        .containsExactlyInAnyOrder("closed", "c.txt");
    assertThat(bed.saved()).containsEntry("closed/b.txt", "b");
  }

  @Test
  void aFileSystemThatIsMountedOverSavedFilesDeletesNothing() throws Exception {
    var home = bed.home().write("a.txt", "a").write("mnt/under.txt", "under");
    bed.backUp();
    home.write("b.txt", "b");
    var dead = TestMount.dead(home.path("mnt"), home.account().uid());
    try (dead) {
      var run = bed.backUp();
      assertThat(run.status()).isEqualTo(Status.DONE);
      assertThat(run.report().skipped()).extracting(Skipped::path).containsExactly("mnt");
      assertThat(bed.saved()).containsOnlyKeys("a.txt", "b.txt", "mnt/under.txt");
    }
    assertThat(bed.backUp().report().skipped()).isEmpty();
  }

  @Test
  void rulesLeaveOutWhatProgramsMakeAgainAndWhatTheUserNames() {
    bed.home()
        .write(".homeportignore", "*.tmp\n/data/\n!keep.tmp\n")
        .write("a.tmp", "x")
        .write("keep.tmp", "kept")
        .write("data/big", "x")
        .write("course/data/small", "kept")
        .write("node_modules/lib/index.js", "x")
        .write(".ssh/id_ed25519", "secret")
        .write("venv/pyvenv.cfg", "x")
        .write("venv/lib/x.py", "x")
        .write("course/.ipynb_checkpoints/a.ipynb", "x")
        .write("course/.homeportignore", "!.ipynb_checkpoints/\n");
    var run = bed.backUp();
    assertThat(run.status()).isEqualTo(Status.DONE);
    assertThat(bed.saved())
        .containsOnlyKeys(
            ".homeportignore",
            "keep.tmp",
            "course/data/small",
            "course/.homeportignore",
            "course/.ipynb_checkpoints/a.ipynb");
    assertThat(run.report().skipped())
        .extracting(Skipped::path)
        .containsExactlyInAnyOrder("a.tmp", "data", "node_modules", ".ssh", "venv");
  }

  @Test
  void aHostileHomeIsBackedUpOrListed() throws Exception {
    var home = bed.home();
    home.write("it's \"quoted\" \\ and\nbroken", "odd")
        .writeRaw(new byte[] {'b', (byte) 0xff, 'd'}, "raw")
        .writeRaw("100%41".getBytes(StandardCharsets.UTF_8), "percent")
        .write("Twin", "upper")
        .write("twin", "lower")
        .write("\u00e4", "composed")
        .write("a\u0308", "decomposed")
        .write("empty", "")
        .link("to-shadow", "/etc/shadow")
        .link("loop", ".")
        .link("dangling", "nowhere");
    Files.createLink(home.path("hard link"), home.path("twin"));
    new ProcessBuilder("mkfifo", home.path("fifo").toString()).start().waitFor();
    var run = bed.backUp();
    assertThat(run.status()).isEqualTo(Status.DONE);
    assertThat(run.report().skipped()).extracting(Skipped::path).containsExactly("fifo");
    assertThat(bed.saved())
        .hasSize(9)
        .containsEntry("hard link", "lower")
        .containsEntry("b%FFd", "raw")
        .containsEntry("100%2541", "percent")
        .containsEntry("it's \"quoted\" \\ and%0Abroken", "odd")
        .containsEntry("Twin", "upper")
        .containsEntry("twin", "lower")
        .containsEntry("\u00e4", "composed")
        .containsEntry("a\u0308", "decomposed");
    bed.wire().reset();
    bed.backUp();
    assertThat(bed.wire().count("create", "update", "createFolders", "trash")).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void commitThenFailLeavesOneObjectForEachPath(long seed) {
    for (var i = 0; i < 40; i++) {
      bed.home().write("f" + i % 5 + "/g" + i % 3 + "/file-" + i, "text " + i);
    }
    var chance = new Random(seed);
    bed.wire()
        .breakWith(
            (call, number) -> {
              synchronized (chance) {
                return When.values()[chance.nextInt(3)];
              }
            });
    var runs = 0;
    while (bed.backUp().status() != Status.DONE && runs++ < 50) {
      bed.restart();
    }
    bed.wire().mend();
    for (var i = 0; i < 40; i += 2) {
      bed.home().write("f" + i % 5 + "/g" + i % 3 + "/file-" + i, "other " + i);
    }
    bed.home().delete("f4");
    bed.wire().breakWith((call, number) -> When.AFTER);
    bed.backUp();
    bed.wire().mend();
    assertThat(bed.backUp().status()).isEqualTo(Status.DONE);
    assertThat(bed.saved()).hasSize(32);
    bed.saved()
        .forEach(
            (path, text) -> {
              var number = Integer.parseInt(path.substring(path.lastIndexOf('-') + 1));
              assertThat(text).isEqualTo((number % 2 == 0 ? "other " : "text ") + number);
              assertThat(bed.revisions(path)).hasSize(number % 2 == 0 ? 2 : 1);
            });
  }

  @Test
  void whatIsDeletedBeforeAnybodyKnowsThatItArrivedLeavesNothingBehind() {
    bed.home().write("a.txt", "a");
    bed.backUp();
    bed.home().write("b.txt", "b");
    bed.wire()
        .breakWith(
            (call, number) -> call.equals("create") ? When.AFTER : When.NEVER,
            where -> new RemoteFull("Broken " + where, null));
    assertThat(bed.backUp().status()).isEqualTo(Status.REMOTE_FULL);
    assertThat(bed.saved()).as("it arrived").containsKey("b.txt");
    bed.wire().mend();
    bed.home().delete("b.txt");
    assertThat(bed.backUp().status()).isEqualTo(Status.DONE);
    assertThat(bed.saved()).isEqualTo(Map.of("a.txt", "a"));
  }

  @Test
  void bothSidesEditedKeepsBothAndTheHubWins() {
    bed.home().write("a.txt", "base").write("b.txt", "base");
    bed.backUp();
    edit("a.txt", "from the remote");
    edit("b.txt", "from the remote");
    bed.home().write("a.txt", "from the hub");
    var run = bed.backUp();
    assertThat(bed.saved()).isEqualTo(Map.of("a.txt", "from the hub", "b.txt", "base"));
    assertThat(bed.revisions("a.txt")).containsExactly("base", "from the remote", "from the hub");
    assertThat(bed.revisions("b.txt")).containsExactly("base", "from the remote", "base");
    assertThat(run.report().notes())
        .extracting(Report.Note::path)
        .containsExactlyInAnyOrder("a.txt", "b.txt");
    bed.wire().reset();
    assertThat(bed.backUp().report().notes()).isEmpty();
    assertThat(bed.wire().count("create", "update")).isZero();
  }

  @Test
  void whatIsTrashedOrMovedAtTheFarEndComesBack() {
    bed.home().write("course/a.txt", "a").write("course/b.txt", "b").write("c.txt", "c");
    bed.backUp();
    try (var farEnd = bed.farEnd()) {
      var objects = bed.objects(farEnd);
      farEnd.trash(List.of(objects.get("course").id()));
      farEnd.move(objects.get("c.txt").id(), objects.get("c.txt").parent(), "d.txt");
    }
    var run = bed.backUp();
    assertThat(run.status()).isEqualTo(Status.DONE);
    assertThat(run.report().notes()).isNotEmpty();
    assertThat(bed.saved())
        .isEqualTo(Map.of("course/a.txt", "a", "course/b.txt", "b", "c.txt", "c"));
    assertThat(bed.wire().count("create")).isEqualTo(4);
  }

  @Test
  void aHomeThatLiesInATrashedFolderOfSomebodysOwnIsBroughtOut() {
    bed.home().write("course/a.txt", "a").write("b.txt", "b");
    bed.backUp();
    try (var remote = bed.farEnd()) {
      var folder = bed.object("course").parent();
      var home = remote.find(folder).orElseThrow();
      var own =
          new NewFolder(remote.reserveIds(1).get(0), remote.top(), "my things", Map.of("a", "b"));
      remote.createFolders(List.of(own));
      remote.move(folder, own.id(), home.name());
      bed.backUp();
      remote.trash(List.of(own.id()));
      assertThat(remote.find(folder).orElseThrow().trashed()).isTrue();
      var run = bed.backUp();
      assertThat(run.status()).isEqualTo(Status.DONE);
      assertThat(run.report().notes()).extracting(Report.Note::path).containsExactly("");
      assertThat(remote.find(folder).orElseThrow().trashed()).isFalse();
    }
    assertThat(bed.saved()).isEqualTo(Map.of("course/a.txt", "a", "b.txt", "b"));
    assertThat(bed.backUp().report().notes()).isEmpty();
  }

  @Test
  void whatWasRenamedBeforeTheDatabaseWasLostIsPutRight() {
    bed.home().write("course/a.txt", "a").write("b.txt", "b");
    bed.backUp();
    try (var remote = bed.farEnd()) {
      var course = bed.object("course");
      remote.move(course.id(), course.parent(), "renamed");
    }
    bed.loseDatabase();
    bed.wire().reset();
    assertThat(bed.backUp().status()).isEqualTo(Status.DONE);
    assertThat(bed.saved()).isEqualTo(Map.of("course/a.txt", "a", "b.txt", "b"));
    assertThat(bed.wire().count("create", "update", "createFolders"))
        .as("nothing but the manifest")
        .isLessThanOrEqualTo(1);
  }

  @Test
  void anOldCopyOfTheDatabaseMakesNoTwins() {
    bed.home().write("a.txt", "a").write("b.txt", "b");
    bed.backUp();
    bed.copyDatabase();
    bed.home().delete("a.txt").write("c/d.txt", "d").write("b.txt", "b 2");
    bed.backUp();
    bed.home().write("a.txt", "another a");
    bed.backUp();
    bed.putBackDatabase();
    bed.wire().reset();
    assertThat(bed.backUp().status()).isEqualTo(Status.DONE);
    assertThat(bed.wire().count("create", "update", "createFolders", "trash", "untrash"))
        .as("nothing but the manifest")
        .isLessThanOrEqualTo(1);
    assertThat(bed.saved()).isEqualTo(Map.of("a.txt", "another a", "b.txt", "b 2", "c/d.txt", "d"));
  }

  @Test
  void ofAFolderWithThousandsOfFilesOnlyWhatChangedIsTouched() throws Exception {
    var count = 3_500;
    bed.home().folder("many/below");
    for (var n = 0; n < count; n++) {
      Files.createFile(bed.home().path("many/" + n));
    }
    bed.backUp();
    assertThat(bed.saved()).hasSize(count);
    bed.home().delete("many/17").write("many/3333", "changed").write("many/below/new", "new");
    bed.wire().reset();
    var run = bed.backUp();
    assertThat(run.report().removed()).isEqualTo(1);
    assertThat(bed.saved())
        .hasSize(count)
        .doesNotContainKey("many/17")
        .containsEntry("many/3333", "changed")
        .containsEntry("many/below/new", "new");
    assertThat(bed.backUp().report().filesSent()).isZero();
  }

  @Test
  void whatItsOwnerTakesOutOfTheTrashIsLeftAlone() {
    bed.home().write("a.txt", "a").write("b.txt", "b");
    bed.backUp();
    var id = bed.object("a.txt").id();
    bed.home().delete("a.txt");
    bed.backUp();
    try (var farEnd = bed.farEnd()) {
      farEnd.untrash(id);
    }
    assertThat(bed.backUp().status()).isEqualTo(Status.DONE);
    assertThat(bed.saved()).isEqualTo(Map.of("a.txt", "a", "b.txt", "b"));
  }

  @Test
  void aHomeOfTenThousandFilesIsSavedOnceAndThenLeftAlone() {
    for (var i = 0; i < 10_000; i++) {
      bed.home().write("folder-" + i / 200 + "/file-" + i, "text " + i);
    }
    assertThat(bed.backUp().status()).isEqualTo(Status.DONE);
    bed.wire().reset();
    var run = bed.backUp();
    assertThat(run.report().filesDone()).isEqualTo(10_000);
    assertThat(bed.wire().calls()).isEqualTo(callsOfAnUnchangedHome());
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 3_000_000})
  void aFileThatIsRewrittenWhileItIsReadIsNeverTorn(int size) throws Exception {
    var one = "1".repeat(size);
    var two = "2".repeat(size);
    bed.home().write("a.txt", one);
    bed.backUp();
    var stopped = new AtomicBoolean();
    var writer =
        new Thread(
            () -> {
              for (var i = 0; !stopped.get(); i++) {
                bed.home().write("a.txt", i % 2 == 0 ? two : one);
              }
            });
    writer.start();
    try {
      for (var i = 0; i < 20; i++) {
        bed.backUp();
      }
    } finally {
      stopped.set(true);
      writer.join();
    }
    assertThat(bed.backUp().status()).isEqualTo(Status.DONE);
    assertThat(bed.saved()).containsEntry("a.txt", bed.home().text("a.txt"));
    for (var text : bed.revisions("a.txt")) {
      var begins = text.chars().allMatch(c -> c == '1') || text.chars().allMatch(c -> c == '2');
      assertThat(begins).as("made of one version only").isTrue();
    }
  }

  @Test
  void aFileThatJupyterIsSavingWaits() {
    bed.home().write("a.ipynb", "half of").write(".~a.ipynb", "all of it");
    var run = bed.backUp();
    assertThat(run.status()).isEqualTo(Status.PARTIAL);
    assertThat(bed.saved()).isEmpty();
    bed.home().write("a.ipynb", "new").delete(".~a.ipynb");
    assertThat(bed.backUp().status()).isEqualTo(Status.DONE);
    assertThat(bed.saved()).isEqualTo(Map.of("a.ipynb", "new"));
  }

  @Test
  void aCopyThatJupyterLeftBehindLongAgoHoldsNothing() {
    bed.home().write("a.ipynb", "whole").write(".~a.ipynb", "half");
    bed.home().modified(".~a.ipynb", Instant.now().minus(Duration.ofHours(1)));
    assertThat(bed.backUp().status()).isEqualTo(Status.DONE);
    assertThat(bed.saved()).containsEntry("a.ipynb", "whole");
  }

  @Test
  void aRunSaysWhatOnlyItsOwnerCanHelp() {
    bed.home().write("a.txt", "a").write("b.txt", "b");
    Wire.Fault atOnce = (call, number) -> call.equals("create") ? When.BEFORE : When.NEVER;
    bed.wire().breakWith(atOnce, where -> new RemoteFull("The Drive is full.", null));
    var full = bed.backUp();
    assertThat(full.status()).isEqualTo(Status.REMOTE_FULL);
    assertThat(full.report().message()).isEqualTo("The Drive is full.");
    bed.wire().breakWith(atOnce, where -> new NeedsReconnect("Connect again.", null));
    assertThat(bed.backUp().status()).isEqualTo(Status.NEEDS_RECONNECT);
    bed.wire().breakWith(atOnce);
    assertThat(bed.backUp().status()).isEqualTo(Status.FAILED);
    bed.wire().mend();
    assertThat(bed.backUp().status()).isEqualTo(Status.DONE);
    assertThat(bed.saved()).hasSize(2);
  }

  @Test
  void whatTheFarEndRejectsIsNamedAndTheRestIsSaved() {
    bed.home().write("a.txt", "a").write("b.txt", "b").write("c.txt", "c");
    var rejected = new AtomicBoolean();
    bed.wire()
        .breakWith(
            (call, number) ->
                call.equals("create") && !rejected.getAndSet(true) ? When.BEFORE : When.NEVER,
            where -> new RemoteRejected("It does not like it."));
    var run = bed.backUp();
    assertThat(run.status()).isEqualTo(Status.PARTIAL);
    assertThat(run.report().skipped())
        .extracting(Skipped::detail)
        .containsExactly("It does not like it.");
    assertThat(bed.backUp().status()).isEqualTo(Status.DONE);
    assertThat(bed.saved()).hasSize(3);
  }

  @Test
  void aPreviewChangesNothing() {
    bed.home().write("a.txt", "a").write("b.txt", "bb");
    bed.backUp();
    bed.home().write("b.txt", "ccc").delete("a.txt").write("d.txt", "dddd");
    bed.wire().reset();
    var preview = bed.backups().preview(BackupBed.HOME);
    assertThat(preview.files()).isEqualTo(2);
    assertThat(preview.removals()).isEqualTo(1);
    assertThat(bed.wire().calls()).isEmpty();
    assertThat(bed.saved()).isEqualTo(Map.of("a.txt", "a", "b.txt", "bb"));
  }

  @Test
  void aVerificationFindsWhatIsNotAsItShouldBe() {
    bed.home().write("a.txt", "a").write("b.txt", "b").write("c.txt", "c");
    bed.backUp();
    var verified = bed.verifications().verify(BackupBed.HOME, "test", VerifySample.ALL);
    assertThat(verified.status()).isEqualTo(Status.DONE);
    assertThat(verified.report().filesSent()).isEqualTo(3);
    edit("a.txt", "edited");
    try (var farEnd = bed.farEnd()) {
      farEnd.trash(List.of(bed.objects(farEnd).get("b.txt").id()));
    }
    bed.home().write("c.txt", "changed at home");
    var wrong = bed.verifications().verify(BackupBed.HOME, "test", VerifySample.NONE);
    assertThat(wrong.status()).isEqualTo(Status.PARTIAL);
    assertThat(wrong.report().skipped())
        .extracting(Skipped::path, Skipped::reason)
        .containsExactlyInAnyOrder(
            tuple("a.txt", Skipped.Reason.DIFFERENT), tuple("b.txt", Skipped.Reason.MISSING));
    assertThat(wrong.report().notes()).extracting(Report.Note::path).containsExactly("c.txt");
  }

  private void edit(String path, String text) {
    try (var farEnd = bed.farEnd()) {
      var object = bed.objects(farEnd).get(path);
      var file =
          new NewFile(object.id(), object.parent(), object.name(), Instant.now(), object.tags());
      farEnd.update(file, TestContent.of(text));
    }
  }
}
