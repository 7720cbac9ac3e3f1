package org.homeport.bridge.backup;

import java.util.Objects;

/**
 * How homes are backed up.
 *
 * @param root the folder of a home at the far end; {@code {user}} stands for the user's name
 * @param connections how many files of one home are sent at the same time
 * @param guardedShare of a home's files that may be gone at once without anybody's consent
 * @param ignoreInode for homes on NFS or FUSE, where a file gets another inode now and then
 */
public record BackupSettings(
    String root, int connections, double guardedShare, boolean ignoreInode) {
  public static final BackupSettings DEFAULTS = new BackupSettings("home/{user}", 4, 0.5, false);

  public BackupSettings {
    Objects.requireNonNull(root);
    if (!root.matches("(?:[^/]+/)*[^/]*\\{user\\}[^/]*") || root.startsWith("homeport-runs/")) {
      throw new IllegalArgumentException(
          "expected folders that end in one with {user}, such as home/{user}");
    }
    if (connections < 1 || connections > 64) {
      throw new IllegalArgumentException("expected 1 to 64 connections");
    }
    if (!(guardedShare > 0 && guardedShare <= 1)) {
      throw new IllegalArgumentException("expected a guarded share above 0 and up to 1");
    }
  }
}
