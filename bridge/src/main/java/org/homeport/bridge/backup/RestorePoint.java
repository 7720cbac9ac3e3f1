package org.homeport.bridge.backup;

import java.time.Instant;

/** The state of a home that somebody wants back. */
public sealed interface RestorePoint {

  /** What the far end has now. */
  record Latest() implements RestorePoint {}

  /** What the last backup before a moment saved. */
  record At(Instant moment) implements RestorePoint {}

  /** What one backup saved. */
  record OfRun(long number) implements RestorePoint {}
}
