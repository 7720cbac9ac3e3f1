package org.homeport.bridge.remote.folder;

import java.nio.file.Path;
import java.time.Clock;
import org.homeport.bridge.backup.RestoreContract;
import org.homeport.bridge.database.OnBothDatabases;
import org.homeport.bridge.remote.Remotes;

@OnBothDatabases
class FolderRestoreTest extends RestoreContract {
  @Override
  protected Remotes remotes(Path folder) {
    return new FolderRemotes(folder, Clock.systemUTC());
  }
}
