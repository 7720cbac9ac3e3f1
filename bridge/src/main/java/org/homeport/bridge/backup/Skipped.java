package org.homeport.bridge.backup;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;

/** Something in a home that is not in the backup, and why: by a rule, or because it cannot be. */
public record Skipped(String path, Reason reason, String detail) {

  /** Why; {@link #isByRule} tells what is meant to be so from what is missing. */
  public enum Reason {
    IGNORED,
    ENVIRONMENT,
    CACHE,
    SPECIAL,
    UNREADABLE,
    UNWRITABLE,
    TOO_DEEP,
    BEING_WRITTEN,
    REJECTED,
    NEEDS_CONSENT;

    @JsonValue
    @Override
    public String toString() {
      return Run.spelled(this);
    }

    /** Whether a backup without it is complete all the same. */
    boolean isByRule() {
      return this == IGNORED || this == ENVIRONMENT || this == CACHE || this == SPECIAL;
    }
  }

  public Skipped {
    Objects.requireNonNull(path);
    Objects.requireNonNull(reason);
    Objects.requireNonNull(detail);
  }
}
