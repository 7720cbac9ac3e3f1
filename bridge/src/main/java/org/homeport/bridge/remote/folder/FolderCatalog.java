package org.homeport.bridge.remote.folder;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.homeport.bridge.remote.RemoteId;

/**
 * The objects of one account in a folder, as a log of changes states them, each of which happened
 * as a whole.
 *
 * <p>A line is on disk before its change is carried out, so a crash leaves at most the last one to
 * be done again. A reader follows the writer by reading the lines that were added.
 */
final class FolderCatalog {
  private final CatalogFile file;
  private final Map<RemoteId, FolderEntry> entries = new LinkedHashMap<>();
  private final Map<RemoteId, List<FolderEntry.Version>> versions = new HashMap<>();

  /** Nearly all entries have the same tags: one copy of them is enough. */
  private final Map<Map<String, String>, Map<String, String>> tags = new HashMap<>();

  private Change last;
  private long number;
  private long foldersReplaced;

  /** A line, and what it replaced. */
  record Change(Optional<FolderEntry> before, FolderEntry after) {}

  FolderCatalog(CatalogFile file) {
    this.file = file;
  }

  Optional<FolderEntry> find(RemoteId id) {
    return Optional.ofNullable(entries.get(id));
  }

  Collection<FolderEntry> all() {
    return entries.values();
  }

  List<FolderEntry.Version> versions(RemoteId id) {
    return List.copyOf(versions.getOrDefault(id, List.of()));
  }

  /** The end of what was read so far. */
  CatalogFile.Mark mark() {
    return file.mark(number);
  }

  /** The number of the latest change. */
  long number() {
    return number;
  }

  /** The number of times that a folder became another one, so that paths may have changed. */
  long foldersReplaced() {
    return foldersReplaced;
  }

  /** The latest change: the one that a crash can have left undone. */
  Optional<Change> last() {
    return Optional.ofNullable(last);
  }

  /** Appends the entries, durably, and states from now on what they state. */
  void append(List<FolderEntry> changed) throws IOException {
    if (!changed.isEmpty()) {
      file.append(changed);
      changed.forEach(this::take);
    }
  }

  /** Takes in the changes that were added since. */
  void follow() throws IOException {
    file.follow(this::take);
  }

  private void take(FolderEntry changed) {
    var entry = changed.tagged(tags.computeIfAbsent(changed.tags(), shared -> shared));
    var before = find(entry.id());
    last = new Change(before, entry);
    number = entry.number();
    if (entry.isFolder() && before.isPresent()) {
      foldersReplaced++;
    }
    if (entry.removed()) {
      entries.remove(entry.id());
      versions.remove(entry.id());
    } else {
      entries.put(entry.id(), entry);
      if (entry.content() != null) {
        take(entry.id(), entry.content());
      }
    }
  }

  private void take(RemoteId id, FolderEntry.Version content) {
    var known = versions.computeIfAbsent(id, none -> new ArrayList<>(1));
    if (known.isEmpty() || known.get(known.size() - 1).number() != content.number()) {
      known.add(content);
    }
  }
}
