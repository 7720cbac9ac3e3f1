package org.homeport.bridge.remote;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything that happened at the remote since a mark.
 *
 * @param token the mark from which the next question goes on
 */
public record RemoteChanges(List<Change> changes, String token) {

  /** An object as it is after the change; empty when it was removed permanently. */
  public record Change(RemoteId id, Optional<RemoteObject> now) {
    public Change {
      Objects.requireNonNull(id);
      Objects.requireNonNull(now);
    }
  }

  public RemoteChanges {
    changes = List.copyOf(changes);
    Objects.requireNonNull(token);
  }
}
