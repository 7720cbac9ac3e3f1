package org.homeport.bridge.remote.drive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
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

  /** Two more: Drive does not tell when a folder around the home or the manifests is trashed. */
  @Override
  protected Map<String, Integer> callsOfAnUnchangedHome() {
    return Map.of("changesSince", 1, "find", 2, "close", 1);
  }

  @AfterEach
  void closeDrive() throws IOException {
    fixture.close();
  }
}
