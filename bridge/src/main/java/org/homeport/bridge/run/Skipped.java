package org.homeport.bridge.run;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import org.homeport.spawn.text.Spelling;

/** Something that is not in a backup, or not as it should be, and why. */
public record Skipped(String path, Reason reason, String detail) {

  /** Why. */
  public enum Reason {
    IGNORED,
    NOT_CHOSEN,
    ENVIRONMENT,
    CACHE,
    SPECIAL,
    OTHER_FILE_SYSTEM,
    UNREADABLE,
    UNWRITABLE,
    TOO_DEEP,
    TOO_MANY_RULES,
    BEING_WRITTEN,
    REJECTED,
    NEEDS_CONSENT,
    MISSING,
    DIFFERENT,
    DAMAGED,
    EXTRA;

    @JsonValue
    @Override
    public String toString() {
      return Spelling.of(this);
    }

    /** Whether a backup without it is complete all the same. */
    boolean isByRule() {
      return switch (this) {
        case IGNORED, NOT_CHOSEN, ENVIRONMENT, CACHE, SPECIAL, OTHER_FILE_SYSTEM -> true;
        default -> false;
      };
    }
  }

  public Skipped {
    path = Report.cut(path);
    Objects.requireNonNull(reason);
    detail = Report.cut(detail);
  }
}
