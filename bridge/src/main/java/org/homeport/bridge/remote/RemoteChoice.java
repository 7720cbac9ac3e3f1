package org.homeport.bridge.remote;

import java.nio.file.Path;
import java.util.Objects;

/** The place that the backups of all users go to. */
public sealed interface RemoteChoice {

  /** Into one folder of this machine: a disk or a network mount. */
  record Folder(Path path) implements RemoteChoice {
    public Folder {
      Objects.requireNonNull(path);
    }
  }

  /** Into the Google Drive of each user. */
  record Drive() implements RemoteChoice {}

  /** Reads {@code folder:/path} or {@code drive}. */
  static RemoteChoice of(String text) {
    if (text.equals("drive")) {
      return new Drive();
    }
    if (text.startsWith("folder:/")) {
      return new Folder(Path.of(text.substring("folder:".length())).normalize());
    }
    throw new IllegalArgumentException("expected folder:/absolute/path or drive");
  }
}
