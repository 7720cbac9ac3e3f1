package org.homeport.bridge.remote.drive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.homeport.bridge.backup.RestoreContract;
import org.homeport.bridge.backup.RestorePoint;
import org.homeport.bridge.remote.Remotes;
import org.homeport.bridge.run.Run.Status;
import org.homeport.bridge.run.Skipped;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriveRestoreTest extends RestoreContract {
  @TempDir Path state;
  private DriveFixture fixture;

  @Override
  protected Remotes remotes(Path folder) {
    try {
      fixture = new DriveFixture(state);
      return fixture::open;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aVersionThatDriveForgotIsNamedAndTheRestComesBack() {
    bed.home().write("a.txt", "one").write("b.txt", "b");
    var first = new RestorePoint.OfRun(bed.backUp().number());
    bed.home().write("a.txt", "two");
    bed.backUp();
    fixture.clock.advance(Duration.ofDays(31));
    var run = restore(first, "", Optional.of("then"));
    assertThat(run.status()).isEqualTo(Status.PARTIAL);
    assertThat(run.report().skipped()).extracting(Skipped::path).containsExactly("then/a.txt");
    assertThat(bed.home().text("then/b.txt")).isEqualTo("b");
  }

  @AfterEach
  void closeDrive() throws IOException {
    fixture.close();
  }
}
