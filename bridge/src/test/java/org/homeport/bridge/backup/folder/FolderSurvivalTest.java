package org.homeport.bridge.backup.folder;

import java.nio.file.Path;
import org.homeport.bridge.backup.FarEnd;
import org.homeport.bridge.backup.SurvivalContract;

class FolderSurvivalTest extends SurvivalContract {
  @Override
  protected FarEnd farEnd(Path place) {
    return new FolderFarEnd(place.resolve("far-end"));
  }
}
