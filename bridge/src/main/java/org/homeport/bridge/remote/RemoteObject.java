package org.homeport.bridge.remote;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A folder or a file as it is at the remote.
 *
 * @param content of the file; empty for a folder
 * @param trashed whether it, or a folder above it, is in the trash
 */
public record RemoteObject(
    RemoteId id,
    RemoteId parent,
    String name,
    Optional<RemoteContent> content,
    boolean trashed,
    Map<String, String> tags) {

  /**
   * The current content of a file.
   *
   * @param version names this content among the file's {@link Remote#revisions}
   */
  public record RemoteContent(String version, long size, Md5 md5, Instant modified) {
    public RemoteContent {
      Objects.requireNonNull(version);
      Objects.requireNonNull(md5);
      Objects.requireNonNull(modified);
    }
  }

  public RemoteObject {
    Objects.requireNonNull(id);
    Objects.requireNonNull(parent);
    Objects.requireNonNull(name);
    Objects.requireNonNull(content);
    tags = Map.copyOf(tags);
  }

  public boolean isFolder() {
    return content.isEmpty();
  }

  public boolean holds(Md5 md5) {
    return content.filter(held -> held.md5().equals(md5)).isPresent();
  }
}
