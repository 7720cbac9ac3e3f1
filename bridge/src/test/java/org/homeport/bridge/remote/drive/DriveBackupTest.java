package org.homeport.bridge.remote.drive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.homeport.bridge.backup.BackupContract;
import org.homeport.bridge.remote.Remotes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class DriveBackupTest extends BackupContract {
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
