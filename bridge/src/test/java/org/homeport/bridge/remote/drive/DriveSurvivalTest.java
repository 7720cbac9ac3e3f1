package org.homeport.bridge.remote.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.bridge.remote.drive.fake.Faults.nth;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.homeport.bridge.backup.BackupChild;
import org.homeport.bridge.backup.SurvivalContract;
import org.homeport.bridge.remote.TestContent;
import org.homeport.bridge.remote.TestRemote;
import org.homeport.bridge.remote.drive.fake.Fault;
import org.homeport.bridge.remote.drive.fake.Kind;
import org.homeport.bridge.run.Run.Status;
import org.junit.jupiter.api.Test;

class DriveSurvivalTest extends SurvivalContract {
  private static final int SIZE = 100 << 20;
  private static final int STORED = 11 << 20;

  private TestDriveRemote google;

  @Override
  protected TestRemote farEnd(Path place) throws Exception {
    google = TestDriveRemote.start(place);
    return google;
  }

  @Test
  void killedInTheMiddleOfABigFileItGoesOnWhereDriveStopped() throws Exception {
    bed.home().write("big.bin", TestContent.random(SIZE, 6).bytes());
    var child = new CompletableFuture<Process>();
    google.drive().faults().cutChunk(nth(2), STORED);
    google
        .drive()
        .faults()
        .before(Kind.SESSION_STATUS, nth(1), Fault.event(() -> child.join().destroyForcibly()));
    child.complete(BackupChild.start(place, farEnd));
    assertThat(child.join().waitFor()).isEqualTo(KILLED);
    google.drive().faults().clear();

    assertThat(bed.backUpAlone().status()).isEqualTo(Status.DONE);
    assertThat(google.drive().journal().bytesReceived()).isLessThan(SIZE + (1 << 20));
    assertThat(google.drive().journal().count(Kind.SESSION_START)).isEqualTo(1);
    assertThat(farEnd.files()).containsOnlyKeys("big.bin");
    assertNothingIsLeftToDo();
  }
}
