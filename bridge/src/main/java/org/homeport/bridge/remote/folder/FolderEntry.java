package org.homeport.bridge.remote.folder;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.homeport.bridge.remote.Md5;
import org.homeport.bridge.remote.NewFile;
import org.homeport.bridge.remote.NewFolder;
import org.homeport.bridge.remote.RemoteId;

/**
 * One object as a line of the catalog states it.
 *
 * @param number of the change; the current content of a file is the version with its change's
 *     number
 * @param content null for a folder
 * @param trashed whether the object itself was put into the trash, not a folder above it
 * @param removed whether the object is gone permanently: its files were found missing
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record FolderEntry(
    long number,
    RemoteId id,
    RemoteId parent,
    String name,
    Version content,
    boolean trashed,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean removed,
    Map<String, String> tags) {

  /** One content that a file has or had. */
  record Version(long number, long size, Md5 md5, Instant modified, Instant savedAt) {}

  FolderEntry {
    tags = tags == null ? Map.of() : Map.copyOf(tags);
  }

  static FolderEntry of(long number, NewFolder folder) {
    return new FolderEntry(
        number, folder.id(), folder.parent(), folder.name(), null, false, false, folder.tags());
  }

  /** A file with a new content; it stays where it was, if it was anywhere. */
  static FolderEntry of(NewFile file, Version content, Optional<FolderEntry> before) {
    return new FolderEntry(
        content.number(),
        file.id(),
        before.map(FolderEntry::parent).orElse(file.parent()),
        before.map(FolderEntry::name).orElse(file.name()),
        content,
        before.map(FolderEntry::trashed).orElse(false),
        false,
        file.tags());
  }

  @JsonIgnore
  boolean isFolder() {
    return content == null;
  }

  FolderEntry at(long changed, RemoteId newParent, String newName) {
    return new FolderEntry(changed, id, newParent, newName, content, trashed, removed, tags);
  }

  FolderEntry tagged(Map<String, String> others) {
    return new FolderEntry(number, id, parent, name, content, trashed, removed, others);
  }

  /** States that the object is gone permanently. */
  FolderEntry removed(long changed) {
    return new FolderEntry(changed, id, parent, name, content, trashed, true, tags);
  }

  FolderEntry trashed(long changed, boolean nowTrashed) {
    return new FolderEntry(changed, id, parent, name, content, nowTrashed, removed, tags);
  }
}
