package org.homeport.bridge.backup;

import java.time.Instant;

/** Hears of runs and nights, on their threads; returns at once and never throws. */
public interface BackupListener {
  BackupListener NOBODY = new BackupListener() {};

  default void began(Run run) {}

  default void ended(Run run) {}

  default void nightBegan(Instant begun) {}

  default void nightEnded(Night night) {}
}
