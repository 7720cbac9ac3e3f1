package org.homeport.bridge.run;

import java.util.Objects;

/** How a run ends early, and one sentence on why. */
public record Verdict(Run.Status status, String message) {
  public Verdict {
    Objects.requireNonNull(status);
    Objects.requireNonNull(message);
  }
}
