package org.homeport.bridge.backup.folder;

import java.nio.file.Path;
import java.time.Clock;
import org.homeport.bridge.backup.BackupRemote;
import org.homeport.bridge.backup.BackupRemoteContract;
import org.homeport.spawn.identity.HubUser;
import org.junit.jupiter.api.io.TempDir;

class FolderRemoteTest extends BackupRemoteContract {
  @TempDir Path folder;

  @Override
  protected BackupRemote open() {
    return new FolderRemotes(folder, Clock.systemUTC()).open(HubUser.of("ada"));
  }
}
