package org.homeport.bridge.backup.folder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import org.homeport.bridge.backup.BackupRemote;
import org.homeport.bridge.backup.RemoteName;
import org.homeport.bridge.backup.Remotes;
import org.homeport.spawn.identity.HubUser;

/** All homes into one folder of this machine: a disk or a network mount. */
public final class FolderRemotes implements Remotes {
  private final Path folder;
  private final Clock clock;

  /** Makes the folder, open to root only, when it is missing. */
  public FolderRemotes(Path folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
    try {
      FolderFiles.makeFolder(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The backup folder " + folder + " cannot be made: set backup.remote to another.", e);
    }
  }

  @Override
  public BackupRemote open(HubUser user) {
    return new FolderRemote(new FolderPlaces(folder, RemoteName.of(user)), clock);
  }
}
