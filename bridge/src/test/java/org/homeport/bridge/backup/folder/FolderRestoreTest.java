package org.homeport.bridge.backup.folder;

import java.nio.file.Path;
import java.time.Clock;
import org.homeport.bridge.backup.Remotes;
import org.homeport.bridge.backup.RestoreContract;

class FolderRestoreTest extends RestoreContract {
  @Override
  protected Remotes remotes(Path folder) {
    return new FolderRemotes(folder, Clock.systemUTC());
  }
}
