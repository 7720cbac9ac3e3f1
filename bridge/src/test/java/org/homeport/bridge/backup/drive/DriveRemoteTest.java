package org.homeport.bridge.backup.drive;

import java.io.IOException;
import java.nio.file.Path;
import org.homeport.bridge.backup.BackupRemote;
import org.homeport.bridge.backup.BackupRemoteContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class DriveRemoteTest extends BackupRemoteContract {
  @TempDir Path folder;
  private DriveFixture fixture;

  @Override
  protected BackupRemote open() throws IOException {
    if (fixture == null) {
      fixture = new DriveFixture(folder);
    }
    return fixture.open();
  }

  @AfterEach
  void close() throws IOException {
    fixture.close();
  }
}
