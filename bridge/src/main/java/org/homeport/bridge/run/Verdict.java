package org.homeport.bridge.run;

import java.util.Objects;

/** The early end of a run, with one sentence on the reason. */
public record Verdict(Run.Status status, String message) {
  public Verdict {
    Objects.requireNonNull(status);
    Objects.requireNonNull(message);
  }
}
