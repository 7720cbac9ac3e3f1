package org.homeport.bridge.server;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import org.homeport.spawn.progress.Progress;
import org.homeport.spawn.text.Spelling;

/**
 * One thing that happened in a start.
 *
 * @param id grows with every event of the server
 * @param done what is done of this phase, in the phase's own unit
 * @param total the whole of this phase; 0 while it is not known
 * @param percent of the whole start; never goes back
 * @param message one sentence for the spawn page
 * @param failure of a failed start
 * @param address of a server that is ready
 */
public record ServerEvent(
    long id,
    Type type,
    Progress.Phase phase,
    long done,
    long total,
    int percent,
    String message,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Failure> failure,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Server.Address> address) {

  /** The kinds of events. */
  public enum Type {
    PROGRESS,
    WARNING,
    READY,
    FAILED;

    @JsonValue
    @Override
    public String toString() {
      return Spelling.of(this);
    }

    /** Tells whether the start is over with this event. */
    public boolean isEnd() {
      return this == READY || this == FAILED;
    }
  }
}
