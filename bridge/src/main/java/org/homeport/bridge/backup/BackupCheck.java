package org.homeport.bridge.backup;

import org.homeport.bridge.check.Check;
import org.homeport.bridge.check.FileChecks;
import org.homeport.bridge.check.Findings;
import org.homeport.bridge.remote.RemoteChoice;

/** Looks whether homes are saved automatically, and whether a backup folder has room. */
public record BackupCheck(BackupSettings settings) implements Check {
  @Override
  public void look(Findings findings) {
    if (!settings.isAutomatic()) {
      findings.note("backup", "homes are saved on demand only", "Set backup.remote.");
    } else if (settings.remote() instanceof RemoteChoice.Folder folder) {
      FileChecks.room(findings, "backup", folder.path(), "backup.remote");
    }
  }
}
