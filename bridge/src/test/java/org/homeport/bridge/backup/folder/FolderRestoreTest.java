package org.homeport.bridge.backup.folder;

import java.nio.file.Path;
import java.time.Clock;
import org.homeport.bridge.backup.Remotes;
import org.homeport.bridge.backup.RestoreContract;
import org.homeport.bridge.database.OnBothDatabases;

@OnBothDatabases
class FolderRestoreTest extends RestoreContract {
  @Override
  protected Remotes remotes(Path folder) {
    return new FolderRemotes(folder, Clock.systemUTC());
  }
}
