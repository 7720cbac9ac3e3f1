package org.homeport.bridge.remote;

import java.util.Map;
import java.util.Objects;

/** A folder to be made at the remote under an id that was reserved for it. */
public record NewFolder(RemoteId id, RemoteId parent, String name, Map<String, String> tags) {
  public NewFolder {
    Objects.requireNonNull(id);
    Objects.requireNonNull(parent);
    Objects.requireNonNull(name);
    tags = Tags.checked(tags);
  }
}
