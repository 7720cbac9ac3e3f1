package org.homeport.bridge.remote;

import java.time.Duration;

/** Told when a remote asked for patience, and how long nothing will happen. */
@FunctionalInterface
public interface Waiting {
  /** Nobody waits for it. */
  Waiting UNNOTICED = (pause, why) -> {};

  void begins(Duration pause, RemoteUnavailable why);
}
