package org.homeport.bridge.backup.drive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.homeport.bridge.backup.Remotes;
import org.homeport.bridge.backup.RestoreContract;
import org.junit.jupiter.api.AfterEach;
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

  @AfterEach
  void closeDrive() throws IOException {
    fixture.close();
  }
}
