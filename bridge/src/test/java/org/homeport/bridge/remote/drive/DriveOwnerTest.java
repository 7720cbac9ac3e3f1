package org.homeport.bridge.remote.drive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.homeport.bridge.backup.VerifySample;
import org.homeport.bridge.remote.drive.fake.Kind;
import org.homeport.bridge.run.Run;
import org.homeport.bridge.run.Run.Status;
import org.homeport.bridge.run.Skipped;
import org.homeport.bridge.tree.TreeId;
import org.homeport.bridge.tree.TreeTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Backups of a home whose owner does as they like in Google Drive. */
class DriveOwnerTest extends DriveNight {

  @Test
  void disconnectingAndConnectingAtOnceMakesNoSecondTree() {
    fixture.drive.lag(Duration.ofSeconds(60));
    fixture.clock.advance(Duration.ofHours(1));
    assertDone();
    var made = fixture.drive.journal().count(Kind.CREATE);
    fixture.accounts.disconnect(DriveFixture.ADA);
    forget();
    fixture.connect(DriveFixture.ADA, DriveFixture.EMAIL);
    assertDone();
    assertThat(fixture.drive.journal().count(Kind.CREATE)).isEqualTo(made);
  }

  @Test
  void aSecondTreeIsFoundByAVerificationAndTrashedByTheNextBackup() {
    assertDone();
    fixture.drive.lag(Duration.ofDays(1));
    fixture.clock.advance(Duration.ofHours(1));
    bed.loseDatabase();
    assertThat(bed.backUp().status()).isEqualTo(Status.DONE);
    fixture.drive.lag(Duration.ZERO);
    assertThat(verify().report().skipped()).extracting(Skipped::reason).hasSize(FILES + FOLDERS);
    assertDone();
    assertThat(verify().status()).isEqualTo(Status.DONE);
  }

  @Test
  void aFolderThatWasRenamedBeforeADatabaseWasLostIsPutRight() {
    assertDone();
    fixture.ada().rename("/home/ada/course 1", "renamed");
    forget();
    assertDone();
    assertThat(fixture.ada().tree()).doesNotContainKey("/home/ada/renamed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/home", "/home/ada", "/homeport-runs"})
  void whatIsTrashedWithAFolderThatHomeportDoesNotSeeComesBack(String path) {
    assertDone();
    fixture.ada().makeFolder("mine");
    fixture.ada().move(path, "/mine");
    assertThat(bed.backUp().status()).isEqualTo(Status.DONE);
    fixture.ada().trash("/mine");
    var run = bed.backUp();
    assertThat(run.status()).isEqualTo(Status.DONE);
    assertThat(run.report().notes()).anyMatch(note -> note.text().contains("trash"));
    assertThat(fixture.ada().files()).hasSizeGreaterThan(FILES);
    assertThat(verify().status()).isEqualTo(Status.DONE);
  }

  @Test
  void aFileThatIsTrashedWithAFolderThatHomeportDoesNotSeeComesBack() {
    assertDone();
    fixture.ada().makeFolder("mine");
    fixture.ada().move("/home/ada/course 1", "/mine");
    fixture.ada().trash("/mine");
    assertDone();
  }

  @Test
  void anEditInDriveOfAFileThatTheHomeNoLongerHasIsKept() throws IOException {
    assertDone();
    var edit = "edited".getBytes(StandardCharsets.UTF_8);
    fixture.ada().edit("/home/ada/course 1/week 1/file 1", edit);
    bed.home().delete("course 1/week 1/file 1");
    home.remove("course 1/week 1/file 1");
    var run = bed.backUp();
    assertThat(run.report().notes()).anyMatch(note -> note.text().contains("edited"));
    assertDone();
    assertThat(fixture.ada().isKept("/home/ada/course 1/week 1/file 1", edit)).isTrue();
  }

  /** As a disconnected user's index is forgotten. */
  private void forget() {
    new TreeTable(bed.database()).forget(TreeId.home(DriveFixture.ADA));
  }

  private Run verify() {
    return bed.verifications().verify(TreeId.home(DriveFixture.ADA), "test", VerifySample.NONE);
  }
}
