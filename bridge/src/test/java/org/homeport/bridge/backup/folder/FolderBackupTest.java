package org.homeport.bridge.backup.folder;

import java.nio.file.Path;
import java.time.Clock;
import org.homeport.bridge.backup.BackupContract;
import org.homeport.bridge.backup.Remotes;
import org.homeport.bridge.database.OnBothDatabases;

@OnBothDatabases
class FolderBackupTest extends BackupContract {
  @Override
  protected Remotes remotes(Path folder) {
    return new FolderRemotes(folder, Clock.systemUTC());
  }
}
