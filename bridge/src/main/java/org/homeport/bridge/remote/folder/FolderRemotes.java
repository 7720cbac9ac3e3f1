package org.homeport.bridge.remote.folder;

import java.nio.file.Path;
import java.time.Clock;
import org.homeport.bridge.remote.Remote;
import org.homeport.bridge.remote.RemoteName;
import org.homeport.bridge.remote.Remotes;
import org.homeport.spawn.identity.HubUser;

/** Backs all homes up into one folder of this machine: a disk or a network mount. */
public final class FolderRemotes implements Remotes {
  private final Path folder;
  private final Clock clock;

  /**
   * @param folder made, and open to root only, when the first backup goes there
   */
  public FolderRemotes(Path folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
  }

  @Override
  public Remote open(HubUser user) {
    return new FolderRemote(new FolderPlaces(folder, RemoteName.of(user)), clock);
  }
}
