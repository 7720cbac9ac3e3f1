package org.homeport.bridge.remote.folder;

import java.nio.file.Path;
import java.time.Clock;
import org.homeport.bridge.remote.Remote;
import org.homeport.bridge.remote.RemoteContract;
import org.homeport.spawn.identity.HubUser;
import org.junit.jupiter.api.io.TempDir;

class FolderRemoteTest extends RemoteContract {
  @TempDir Path folder;

  @Override
  protected Remote open() {
    return new FolderRemotes(folder, Clock.systemUTC()).open(HubUser.of("ada"));
  }
}
