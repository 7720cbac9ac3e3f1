package org.homeport.bridge.remote.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.bridge.remote.drive.fake.Faults.every;
import static org.homeport.bridge.remote.drive.fake.Faults.nth;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.homeport.bridge.backup.BackupBed;
import org.homeport.bridge.backup.RestorePoint;
import org.homeport.bridge.backup.Restores;
import org.homeport.bridge.backup.VerifySample;
import org.homeport.bridge.remote.TestContent;
import org.homeport.bridge.remote.drive.fake.Kind;
import org.homeport.bridge.run.Run;
import org.homeport.bridge.run.Run.Status;
import org.homeport.bridge.run.Skipped;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Downloads that break off or arrive damaged. */
class DriveDownloadTest {
  private static final int SIZE = 1 << 20;
  private static final int SENT = 300_000;

  @TempDir Path place;
  @TempDir Path state;
  private DriveFixture fixture;
  private BackupBed bed;

  @BeforeEach
  void open() throws IOException {
    fixture = new DriveFixture(state);
    bed = new BackupBed(place, fixture::open);
    bed.home().write("a.bin", TestContent.random(SIZE, 1).bytes());
    bed.home().write("b.bin", TestContent.random(SIZE, 2).bytes());
    assertThat(bed.backUp().status()).isEqualTo(Status.DONE);
  }

  @AfterEach
  void close() throws IOException {
    bed.close();
    fixture.close();
  }

  @Test
  void aRestoreGoesOnWhereADownloadBroke() {
    fixture.drive.faults().cutDownload(every(), SENT);
    assertThat(restore().status()).isEqualTo(Status.DONE);
    assertRestored();
    var pieces = SIZE / SENT + 1;
    assertThat(fixture.drive.journal().count(Kind.DOWNLOAD)).isEqualTo(2 * pieces);
  }

  @Test
  void aVerificationGoesOnWhereADownloadBroke() {
    fixture.drive.faults().cutDownload(every(), SENT);
    assertThat(verify().status()).isEqualTo(Status.DONE);
  }

  @Test
  void aRebuildGoesOnWhereAManifestBroke() {
    bed.loseDatabase();
    fixture.drive.faults().cutDownload(n -> n % 2 == 1, 10);
    bed.home().empty();
    assertThat(restore().status()).isEqualTo(Status.DONE);
    assertRestored();
  }

  @Test
  void whatArrivedDamagedOnceIsFetchedOnceMore() {
    fixture.drive.faults().damageDownload(nth(1));
    assertThat(verify().status()).isEqualTo(Status.DONE);
    fixture.drive.faults().clear();
    fixture.drive.faults().damageDownload(nth(1));
    assertThat(restore().status()).isEqualTo(Status.DONE);
    assertRestored();
  }

  @Test
  void whatArrivesDamagedEachTimeIsNamedAndNeverWritten() {
    fixture.drive.faults().damageDownload(every());
    assertThat(verify().report().skipped())
        .extracting(Skipped::path)
        .containsExactlyInAnyOrder("a.bin", "b.bin");
    var run = restore();
    assertThat(run.status()).isEqualTo(Status.PARTIAL);
    assertThat(run.report().skipped()).hasSize(2);
    assertThat(bed.home().account().home().resolve("then")).isEmptyDirectory();
  }

  private Run verify() {
    return bed.verifications().verify(BackupBed.HOME, "test", VerifySample.ALL);
  }

  private Run restore() {
    var latest = new RestorePoint.Latest();
    var request = new Restores.Request("test", latest, "", Optional.of("then"));
    return bed.restores().restore(BackupBed.HOME, request);
  }

  private void assertRestored() {
    var there = bed.home().account().home().resolve("then");
    assertThat(there.resolve("a.bin")).hasBinaryContent(TestContent.random(SIZE, 1).bytes());
    assertThat(there.resolve("b.bin")).hasBinaryContent(TestContent.random(SIZE, 2).bytes());
  }
}
