package org.homeport.bridge.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.homeport.bridge.tree.TreeId;
import org.homeport.spawn.identity.HubUser;
import org.homeport.spawn.text.Spelling;

/**
 * One backup, restore or verification of one tree: under way or over.
 *
 * @param number counts the runs of the tree; names the state of the tree that a backup saved
 * @param startedBy {@code nightly}, {@code stop}, or who asked for it
 */
@JsonPropertyOrder("user")
public record Run(
    @JsonIgnore TreeId tree,
    long number,
    Kind kind,
    String startedBy,
    Instant startedAt,
    Optional<Instant> endedAt,
    Status status,
    Report report) {

  /** The kinds of runs. */
  public enum Kind {
    BACKUP,
    RESTORE,
    VERIFICATION;

    @JsonValue
    @Override
    public String toString() {
      return Spelling.of(this);
    }
  }

  /** The states of a run. */
  public enum Status {
    RUNNING,
    DONE,
    /** Everything possible is done; the report names the rest. */
    PARTIAL,
    FAILED,
    /** Only the user can help, by connecting the account again. */
    NEEDS_RECONNECT,
    /** Nothing more fits where the backups go until somebody makes room. */
    REMOTE_FULL;

    /** Whether the home is at the remote now, but for what the report names. */
    public boolean isSaved() {
      return this == DONE || this == PARTIAL;
    }

    @JsonValue
    @Override
    public String toString() {
      return Spelling.of(this);
    }
  }

  public Run {
    Objects.requireNonNull(tree);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(startedBy);
    Objects.requireNonNull(startedAt);
    Objects.requireNonNull(endedAt);
    Objects.requireNonNull(status);
    Objects.requireNonNull(report);
  }

  /** The hub user to whom the tree belongs. */
  @JsonProperty
  public HubUser user() {
    return tree.user();
  }

  @JsonIgnore
  public boolean isRunning() {
    return status == Status.RUNNING;
  }

  Run with(Report progress) {
    return new Run(tree, number, kind, startedBy, startedAt, endedAt, status, progress);
  }

  Run ended(Instant at, Status how, Report result) {
    return new Run(tree, number, kind, startedBy, startedAt, Optional.of(at), how, result);
  }
}
