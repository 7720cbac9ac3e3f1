package org.homeport.bridge.remote.folder;

import java.nio.file.Path;
import org.homeport.bridge.backup.SurvivalContract;
import org.homeport.bridge.remote.TestRemote;

class FolderSurvivalTest extends SurvivalContract {
  @Override
  protected TestRemote farEnd(Path place) {
    return new TestFolderRemote(place.resolve("far-end"));
  }
}
