package org.homeport.bridge.backup;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.homeport.bridge.remote.RemoteChoice;
import org.homeport.bridge.scan.ScanScope;

/**
 * How homes are backed up.
 *
 * @param remote where to
 * @param root the folder of a home at the remote; {@code {user}} stands for the user's name
 * @param scope the part of each home that is backed up
 * @param nightly when all homes are backed up; empty for never by itself
 * @param afterStop whether a home is backed up when its last server has stopped
 * @param atOnce how many homes are backed up at the same time
 * @param connections how many files of one home are sent at the same time
 * @param guardedShare of a home's files that may be gone at once without anybody's consent
 * @param ignoreInode for homes on NFS or FUSE, where a file gets another inode now and then
 */
public record BackupSettings(
    RemoteChoice remote,
    String root,
    ScanScope scope,
    Optional<NightWindow> nightly,
    boolean afterStop,
    int atOnce,
    int connections,
    double guardedShare,
    boolean ignoreInode) {
  public static final BackupSettings DEFAULTS =
      new BackupSettings(
          new RemoteChoice.Folder(Path.of("/var/backups/homeport")),
          "home/{user}",
          ScanScope.ALL,
          Optional.empty(),
          false,
          2,
          4,
          0.5,
          false);

  public BackupSettings {
    Objects.requireNonNull(remote);
    Objects.requireNonNull(scope);
    Objects.requireNonNull(nightly);
    if (!root.matches("(?:[^/]+/)*[^/]*\\{user\\}[^/]*") || root.startsWith("homeport-runs/")) {
      throw new IllegalArgumentException(
          "root: expected folders that end in one with {user}, such as home/{user}");
    }
    if (!(guardedShare > 0 && guardedShare <= 1)) {
      throw new IllegalArgumentException("guarded-share: expected more than 0 and at most 1");
    }
  }

  /** Whether homes are backed up without anybody asking for it. */
  public boolean isAutomatic() {
    return nightly.isPresent() || afterStop;
  }
}
