package org.homeport.bridge.remote;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * A file to be made at the remote under an id that was reserved for it.
 *
 * @param modified when the content was changed in the home; a remote may keep milliseconds only
 */
public record NewFile(
    RemoteId id, RemoteId parent, String name, Instant modified, Map<String, String> tags) {
  public NewFile {
    Objects.requireNonNull(id);
    Objects.requireNonNull(parent);
    Objects.requireNonNull(name);
    Objects.requireNonNull(modified);
    tags = Tags.checked(tags);
  }
}
