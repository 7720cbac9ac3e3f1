package org.homeport.bridge.remote.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.bridge.remote.drive.fake.Faults.every;
import static org.homeport.bridge.remote.drive.fake.Faults.nth;
import static org.homeport.bridge.remote.drive.fake.Faults.seeded;

import java.time.Duration;
import java.util.stream.Stream;
import org.homeport.bridge.backup.BackupBed;
import org.homeport.bridge.backup.VerifySample;
import org.homeport.bridge.remote.drive.fake.Fault;
import org.homeport.bridge.remote.drive.fake.Kind;
import org.homeport.bridge.run.Run.Status;
import org.homeport.bridge.run.Skipped;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole backups, while Google Drive misbehaves on the wire. */
class DriveNightTest extends DriveNight {

  static Stream<Fault> faults() {
    return Stream.of(Fault.status(503), Fault.status(403), Fault.status(429), Fault.reset());
  }

  @ParameterizedTest
  @MethodSource("faults")
  void everyWriteWorksAndSeemsToFail(Fault fault) {
    fixture.drive.faults().after(Kind.CREATE, every(), fault);
    assertDone();
    write("course 1/week 1/file 1", "changed");
    fixture.drive.faults().after(Kind.UPDATE, every(), fault);
    assertDone();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void anyCallFailsNowAndThen(Fault fault) {
    for (var kind : Kind.values()) {
      fixture.drive.faults().before(kind, seeded(kind.ordinal(), 0.1), fault);
      fixture.drive.faults().after(kind, seeded(100 + kind.ordinal(), 0.1), fault);
    }
    assertDone();
  }

  @Test
  void searchesThatLagAndEmptyPagesMakeNoTwinsAndDeleteNothing() {
    fixture.drive.lag(Duration.ofSeconds(60)).emptyPages(true);
    assertDone();
    write("new.txt", "new");
    bed.restart();
    assertDone();
    fixture.clock.advance(Duration.ofMinutes(2));
    bed.loseDatabase();
    assertDone();
    assertThat(fixture.drive.journal().count(Kind.DELETE)).isZero();
  }

  @Test
  void aDatabaseThatIsLostBeforeSearchesFindWhatWasMadeMakesNoTwins() {
    fixture.drive.lag(Duration.ofSeconds(60)).emptyPages(true);
    assertDone();
    var uploads = fixture.drive.journal().count(Kind.CREATE);
    bed.loseDatabase();
    fixture.restart();
    assertDone();
    assertThat(fixture.drive.journal().count(Kind.CREATE)).isEqualTo(uploads);
  }

  @Test
  void aVerificationRightAfterABackupMissesNothingThoughSearchesLag() {
    fixture.drive.lag(Duration.ofHours(1));
    assertDone();
    var verified = bed.verifications().verify(BackupBed.HOME, "test", VerifySample.NONE);
    assertThat(verified.status()).isEqualTo(Status.DONE);
  }

  @Test
  void aRevokedGrantIsToldFromAFailure() {
    assertDone();
    fixture.ada().revokeAll();
    write("new.txt", "new");
    assertThat(bed.backUp().status()).isEqualTo(Status.NEEDS_RECONNECT);
    fixture.connect(DriveFixture.ADA, DriveFixture.EMAIL);
    assertDone();
  }

  @Test
  void aFullDriveIsToldFromAFailure() {
    fixture.ada().limit(300);
    assertThat(bed.backUp().status()).isEqualTo(Status.REMOTE_FULL);
    fixture.ada().limit(1_000_000);
    assertDone();
  }

  @Test
  void aFileThatDoesNotFitHoldsNoOtherBack() {
    bed.home().write("a-big.bin", new byte[100_000]);
    fixture.ada().limit(50_000);
    assertThat(bed.backUp().status()).isEqualTo(Status.REMOTE_FULL);
    assertThat(fixture.ada().files()).hasSize(FILES);
  }

  @Test
  void aFileThatDoesNotFitHoldsNoneBackThatIsSentLongAfterIt() {
    bed.home().write("a-big.bin", new byte[100_000]);
    for (var number = 0; number < 510; number++) {
      bed.home().write("z" + number, "z");
    }
    fixture.ada().limit(50_000);
    assertThat(bed.backUp().status()).isEqualTo(Status.REMOTE_FULL);
    assertThat(fixture.ada().files()).hasSize(FILES + 510);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/home", "/home/ada", "/home/ada/course 1"})
  void aWholeFolderThatWasTrashedOrRemovedInDriveIsThereAgain(String path) {
    assertDone();
    fixture.ada().trash(path);
    assertDone();
    fixture.ada().removeForGood(path);
    assertDone();
    var verified = bed.verifications().verify(BackupBed.HOME, "test", VerifySample.ALL);
    assertThat(verified.status()).isEqualTo(Status.DONE);
  }

  @Test
  void aLostListOfBackupsLosesNoFile() {
    assertDone();
    fixture.ada().removeForGood("/homeport-runs");
    write("new.txt", "new");
    assertDone();
    bed.loseDatabase();
    assertDone();
  }

  @Test
  void whatLiesDeeperThanDriveTakesIsNamed() {
    var deep = "d/".repeat(110) + "deep.txt";
    bed.home().write(deep, "deep");
    var run = bed.backUp();
    assertThat(run.status()).isEqualTo(Status.PARTIAL);
    assertThat(run.report().skipped()).extracting(Skipped::path).contains(deep);
    assertThat(bed.saved()).hasSize(FILES);
    var creates = fixture.drive.journal().count(Kind.CREATE);
    bed.home().delete("d");
    assertDone();
    assertThat(fixture.drive.journal().count(Kind.CREATE))
        .as("one manifest")
        .isEqualTo(creates + 1);
  }

  @Test
  void aThrottledDriveIsWaitedFor() {
    fixture.drive.faults().before(Kind.CREATE, nth(9), Fault.retryAfter(1));
    fixture.drive.limits().writes(3, 10);
    assertDone();
  }

  @Test
  void anUnchangedHomeUploadsAndListsNothing() {
    assertDone();
    fixture.drive.journal().clear();
    assertDone();
    assertThat(fixture.drive.journal().count(Kind.CHANGES)).isEqualTo(1);
    // One look at each of the two folders above, which may be in the trash with a folder around.
    assertThat(fixture.drive.journal().count(Kind.GET)).isEqualTo(2);
    assertThat(fixture.drive.journal().queries()).isEqualTo(3);
  }
}
