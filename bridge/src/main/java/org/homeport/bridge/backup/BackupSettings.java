package org.homeport.bridge.backup;

import static org.homeport.bridge.settings.Readers.number;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.homeport.bridge.remote.RemoteChoice;
import org.homeport.bridge.scan.ChosenFolders;
import org.homeport.bridge.scan.ScanScope;
import org.homeport.bridge.schedule.NightWindow;
import org.homeport.bridge.settings.Readers;
import org.homeport.bridge.settings.Section;

/**
 * The settings of backups.
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
  /** Google limits each account by itself, so that runs mostly wait, and not for each other. */
  private static final int DRIVES_AT_ONCE = 20;

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

  private static boolean isDrive(Optional<RemoteChoice> remote) {
    return remote.filter(RemoteChoice.Drive.class::isInstance).isPresent();
  }

  /** Whether homes are backed up without anybody asking for it. */
  public boolean isAutomatic() {
    return nightly.isPresent() || afterStop;
  }

  /**
   * Reads the section {@code backup}. A named remote asks for automatic backups; without one there
   * are backups on demand.
   */
  public static BackupSettings read(Section section) {
    var defaults = DEFAULTS;
    var remote = section.value("remote", RemoteChoice::of);
    var nightly = section.value("nightly", NightWindow::of);
    var afterStop = section.value("after-stop", Readers::flag, remote.isPresent());
    var root = section.value("root", text -> text, defaults.root());
    var scope =
        new ScanScope(
            new ChosenFolders(section.values("folders", ChosenFolders::folder)),
            section.values("ignore", ScanScope::rule),
            section.value("other-file-systems", ScanScope::crossing, false));
    var atOnce =
        section.value(
            "at-once", number(1, 64), isDrive(remote) ? DRIVES_AT_ONCE : defaults.atOnce());
    var connections = section.value("connections", number(1, 16), defaults.connections());
    var share = section.value("guarded-share", Readers::decimal, defaults.guardedShare());
    var ignoreInode = section.value("ignore-inode", Readers::flag, defaults.ignoreInode());
    return section
        .make(
            () ->
                new BackupSettings(
                    remote.orElse(defaults.remote()),
                    root,
                    scope,
                    remote.isPresent() ? nightly.or(BackupSettings::usualNight) : nightly,
                    afterStop,
                    atOnce,
                    connections,
                    share,
                    ignoreInode))
        .orElse(defaults);
  }

  private static Optional<NightWindow> usualNight() {
    return Optional.of(NightWindow.of("02:00-05:00"));
  }
}
