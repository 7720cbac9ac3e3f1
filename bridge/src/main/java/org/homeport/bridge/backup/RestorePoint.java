package org.homeport.bridge.backup;

import java.time.Instant;

/** The state of a home that somebody wants back. */
public sealed interface RestorePoint {

  /** The state that the remote has now. */
  record Latest() implements RestorePoint {}

  /** The state that the last backup before a moment saved. */
  record At(Instant moment) implements RestorePoint {}

  /** The state that one backup saved. */
  record OfRun(long number) implements RestorePoint {}
}
