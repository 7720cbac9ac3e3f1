package org.homeport.spawn.progress;

import com.fasterxml.jackson.annotation.JsonValue;
import org.homeport.spawn.text.Spelling;

/**
 * Hears of the progress of a spawn, in words for people.
 *
 * <p>Called from the thread that does the work; must return at once and must not throw.
 */
@FunctionalInterface
public interface Progress {
  Progress SILENT = (phase, done, total, message) -> {};

  /** The parts of a start, in order. */
  enum Phase {
    QUEUED,
    CHECKING,
    PULLING,
    SEEDING,
    CREATING,
    WAITING;

    @JsonValue
    @Override
    public String toString() {
      return Spelling.of(this);
    }
  }

  /**
   * Reports one step.
   *
   * @param phase the part of the start
   * @param done what is done of this phase, in the phase's own unit (bytes, files)
   * @param total the whole of this phase in the same unit; 0 while it is not known
   * @param message one sentence for the spawn page
   */
  void report(Phase phase, long done, long total, String message);
}
