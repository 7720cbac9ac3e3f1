package org.homeport.bridge.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.homeport.bridge.backup.Restores.Request;
import org.homeport.bridge.index.Manifest;
import org.homeport.bridge.remote.Remotes;
import org.homeport.bridge.remote.TestContent;
import org.homeport.bridge.run.Run;
import org.homeport.bridge.run.Run.Status;
import org.homeport.bridge.scan.TestMount;
import org.homeport.spawn.refusal.SpawnRefused;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The promises of a restore, whatever the remote. */
public abstract class RestoreContract {
  protected static final RestorePoint LATEST = new RestorePoint.Latest();

  @TempDir Path folder;
  protected BackupBed bed;

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
  void everythingComesBackInANewFolderAsItWas() {
    furnish();
    bed.backUp();
    var before = bed.home().state();
    var run = restore(LATEST, "", Optional.empty());
    assertThat(run.status()).isEqualTo(Status.DONE);
    var preview = bed.home().account().home().toFile().list((dir, n) -> n.startsWith("restored-"));
    assertThat(bed.home().state(preview[0])).isEqualTo(before);
  }

  @Test
  void aLostDatabaseIsRebuiltAndAnEmptyHomeIsFilledAsItWas() {
    furnish();
    bed.backUp();
    bed.home().write("notes.txt", "second version").delete("course/deep").link("late", "notes.txt");
    bed.backUp();
    var before = bed.home().state();
    bed.home().empty();
    bed.loseDatabase();
    bed.wire().reset();
    var run = restore(LATEST, "", Optional.of(""));
    assertThat(run.status()).isEqualTo(Status.DONE);
    assertThat(bed.home().state()).isEqualTo(before);

    assertThat(bed.backUp().status()).isEqualTo(Status.DONE);
    assertThat(bed.wire().count("create", "update", "createFolders", "trash")).isZero();
  }

  @Test
  void anEarlierStateOutlivesTheDatabase() {
    bed.home().write("a.txt", "one").write("gone/b.txt", "b");
    var first = bed.backUp();
    bed.home().write("a.txt", "two").delete("gone");
    bed.backUp();
    bed.loseDatabase();
    restore(new RestorePoint.OfRun(first.number()), "", Optional.of("then"));
    assertThat(bed.home().text("then/a.txt")).isEqualTo("one");
    assertThat(bed.home().text("then/gone/b.txt")).isEqualTo("b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no manifest", "../../outside", "/etc/passwd"})
  void whateverAManifestBecameTheFilesComeBackAndNothingElse(String path) throws Exception {
    bed.home().write("a.txt", "a").write("course/b.txt", "b");
    var run = bed.backUp();
    var manifest =
        path.contains("/")
            ? new Manifest(
                    new Manifest.Head(
                        run.number(), 0, run.startedBy(), run.startedAt(), run.startedAt()),
                    List.of(hostile(path)))
                .bytes()
            : path.getBytes(StandardCharsets.UTF_8);
    bed.editManifests(new TestContent(manifest, false));
    bed.loseDatabase();
    bed.home().empty();
    assertThat(restore(LATEST, "", Optional.of("")).status()).isEqualTo(Status.DONE);
    assertThat(bed.home().state()).containsOnlyKeys("a.txt", "course", "course/b.txt");
    assertThat(bed.home().text("course/b.txt")).isEqualTo("b");
    bed.wire().reset();
    assertThat(bed.backUp().status()).isEqualTo(Status.DONE);
    assertThat(bed.wire().count("update", "createFolders", "trash")).isZero();
  }

  private Manifest.Line hostile(String path) {
    var there = bed.object("a.txt");
    var content = there.content().orElseThrow();
    return new Manifest.Line(
        path,
        Optional.of("file"),
        Optional.of(there.id()),
        content.size(),
        0,
        06777,
        Optional.of(content.md5()),
        Optional.of(content.version()),
        Optional.empty());
  }

  @Test
  void aFileComesBackAsAnyRunOrDateHadIt() {
    bed.home().write("course/a.txt", "one").write("course/b.txt", "b").write("c.txt", "c");
    var first = bed.backUp();
    bed.home().write("course/a.txt", "two");
    bed.backUp();
    bed.home().delete("course");
    bed.backUp();
    restore(new RestorePoint.OfRun(first.number()), "course/a.txt", Optional.of("by-run"));
    assertThat(bed.home().text("by-run/course/a.txt")).isEqualTo("one");
    assertThat(bed.home().path("by-run/course/b.txt")).doesNotExist();
    restore(new RestorePoint.At(first.endedAt().orElseThrow()), "course", Optional.of("by-date"));
    assertThat(bed.home().text("by-date/course/a.txt")).isEqualTo("one");
    assertThat(bed.home().text("by-date/course/b.txt")).isEqualTo("b");
    assertThatThrownBy(() -> restore(LATEST, "course/a.txt", Optional.empty()))
        .isInstanceOf(SpawnRefused.class)
        .hasMessageContaining("was not saved then");
    assertThatThrownBy(() -> restore(new RestorePoint.At(Instant.EPOCH), "", Optional.empty()))
        .hasMessageContaining("No backup of ada is as old");
  }

  @Test
  void aConnectionThatBreaksWhileItIsReadCostsNothing() {
    furnish();
    bed.backUp();
    var before = bed.home().state();
    bed.home().empty();
    bed.wire().cutReads(1 << 20);
    assertThat(restore(LATEST, "", Optional.of("")).status()).isEqualTo(Status.DONE);
    assertThat(bed.home().state()).isEqualTo(before);
    assertThat(bed.verifications().verify(BackupBed.HOME, "test", VerifySample.ALL).status())
        .isEqualTo(Status.DONE);
  }

  @Test
  void inPlaceNothingThatIsThereIsLost() {
    bed.home().write("a.txt", "saved").write("same.txt", "same").write("dir/b.txt", "b");
    bed.backUp();
    bed.home().write("a.txt", "newer").delete("dir").write("dir", "now a file");
    var same = bed.home().state().get("same.txt");
    var run = restore(LATEST, "", Optional.of(""));
    assertThat(run.status()).isEqualTo(Status.DONE);
    assertThat(bed.home().text("a.txt")).isEqualTo("saved");
    assertThat(bed.home().text("dir/b.txt")).isEqualTo("b");
    assertThat(bed.home().state()).containsEntry("same.txt", same);
    var kept =
        run.report().notes().stream()
            .map(note -> note.text().replaceFirst(".* is now called ", ""))
            .map(bed.home()::text);
    assertThat(kept).containsExactlyInAnyOrder("newer", "now a file");
  }

  @ParameterizedTest
  @ValueSource(ints = {250, 254, 255})
  void aFileWhoseNameCannotBeAnyLongerIsSavedAndComesBackInPlace(int length) {
    var name = "n".repeat(length);
    bed.home().write(name, "saved");
    assertThat(bed.backUp().status()).isEqualTo(Status.DONE);
    bed.home().write(name, "changed");

    assertThat(restore(LATEST, "", Optional.of("")).status()).isEqualTo(Status.DONE);

    assertThat(bed.home().text(name)).isEqualTo("saved");
    assertThat(bed.home().state()).hasSize(2);
  }

  @Test
  void aPreviewChangesNothing() {
    furnish();
    bed.backUp();
    var before = bed.home().state();
    var preview =
        bed.restores()
            .preview(BackupBed.HOME, new Request("test", LATEST, "course", Optional.empty()));
    assertThat(preview.files()).isEqualTo(2);
    assertThat(preview.items()).extracting(item -> item.path()).contains("course/deep/b.txt");
    assertThat(bed.home().state()).isEqualTo(before);
  }

  @Test
  void aHoleComesBackAsAHole() throws Exception {
    var size = 20_000_000;
    bed.home().write("sparse", "beginning").lengthen("sparse", size);
    assertThat(bed.backUp().status()).isEqualTo(Status.DONE);
    bed.home().folder("back");
    // Too small for anything but the beginning.
    var disk = TestMount.small(bed.home().path("back"), "1m");
    try (disk) {
      assertThat(restore(LATEST, "", Optional.of("back")).status()).isEqualTo(Status.DONE);
      assertThat(bed.home().path("back/sparse"))
          .hasSize(size)
          .hasSameBinaryContentAs(bed.home().path("sparse"));
    }
  }

  @Test
  void aRestoreIntoAFullHomeSaysSoAndLeavesNothingHalf() throws Exception {
    bed.home().write("course/big", TestContent.random(3_000_000, 5).bytes()).write("small", "s");
    bed.backUp();
    bed.home().folder("full");
    var disk = TestMount.small(bed.home().path("full"), "1m");
    try (disk) {
      var run = restore(LATEST, "", Optional.of("full"));
      assertThat(run.status()).isEqualTo(Status.FAILED);
      assertThat(run.report().message()).contains("no more room").contains("'full/");
      assertThat(bed.home().state("full").keySet())
          .isSubsetOf("course", "small")
          .noneMatch(name -> name.contains(".homeport-"));
    }
  }

  @Test
  void linksInTheWayLeadNowhere() throws Exception {
    var outside = Files.createDirectory(folder.resolve("outside"));
    Files.setPosixFilePermissions(outside, PosixFilePermissions.fromString("rwxrwxrwx"));
    bed.home().write("course/a.txt", "a");
    bed.backUp();
    bed.home().delete("course").link("course", outside.toString());
    bed.home().link("restored", outside.toString());
    assertThat(restore(LATEST, "", Optional.of("")).status()).isEqualTo(Status.DONE);
    assertThat(restore(LATEST, "", Optional.of("restored")).status()).isEqualTo(Status.DONE);
    assertThat(bed.home().text("course/a.txt")).isEqualTo("a");
    assertThat(outside).isEmptyDirectory();
    assertThatThrownBy(() -> restore(LATEST, "../outside", Optional.empty()))
        .isInstanceOf(SpawnRefused.class);
    assertThatThrownBy(() -> restore(LATEST, "", Optional.of("/etc")))
        .isInstanceOf(SpawnRefused.class);
  }

  private void furnish() {
    bed.home()
        .write("notes.txt", "notes")
        .modified("notes.txt", Instant.parse("2025-05-06T07:08:09.123456789Z"))
        .write("course/a.ipynb", "{}")
        .write("course/deep/b.txt", "b")
        .write("run.sh", "#!/bin/sh")
        .mode("run.sh", "rwxr-x---")
        .write("empty", "")
        .writeRaw(new byte[] {'r', (byte) 0xe4, 'w'}, "raw name")
        .write("big", TestContent.random(3_000_000, 4).bytes())
        .folder("empty-folder")
        .link("to-notes", "notes.txt")
        .link("course/dangling", "../nowhere")
        .write("locked/inside.txt", "inside")
        .modified("locked", Instant.parse("2025-01-01T00:00:00Z"))
        .mode("locked", "r-xr-xr-x")
        .modified("course", Instant.parse("2025-02-02T00:00:00Z"));
  }

  protected final Run restore(RestorePoint point, String path, Optional<String> into) {
    return bed.restores().restore(BackupBed.HOME, new Request("test", point, path, into));
  }
}
