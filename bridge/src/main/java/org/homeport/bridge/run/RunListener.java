package org.homeport.bridge.run;

import java.time.Instant;
import org.homeport.bridge.backup.Night;

/** Hears of runs and nights, on their threads; returns at once and never throws. */
public interface RunListener {
  RunListener NOBODY = new RunListener() {};

  default void began(Run run) {}

  default void ended(Run run) {}

  default void nightBegan(Instant begun) {}

  default void nightEnded(Night night) {}
}
