package org.homeport.bridge.remote.drive;

import java.io.IOException;
import java.nio.file.Path;
import org.homeport.bridge.remote.Remote;
import org.homeport.bridge.remote.RemoteContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class DriveRemoteTest extends RemoteContract {
  @TempDir Path folder;
  private DriveFixture fixture;

  @Override
  protected Remote open() throws IOException {
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
