package org.homeport.bridge.index;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.tree.TreeId;
import org.homeport.spawn.text.Spelling;

/** Lets people look at what was saved, before they ask for it back. */
public final class SavedFiles {
  /** So many entries of a folder are listed at a time. */
  static final int MOST = 1000;

  private final EntryTable entries;
  private final HistoryTable history;

  /**
   * A file, folder or link as a backup saved it.
   *
   * @param path below the home, as RawText
   * @param modified nanoseconds since 1970
   * @param run the first backup that has it like this
   */
  public record SavedFile(String path, String kind, long size, long modified, long run) {
    static SavedFile of(IndexEntry entry) {
      return new SavedFile(
          entry.path(),
          Spelling.of(entry.kind()),
          entry.stat().size(),
          entry.stat().mtime(),
          entry.firstRun());
    }
  }

  /**
   * A part of a folder.
   *
   * @param next what the next part begins after; empty when this is the last one
   */
  public record Part(List<SavedFile> items, Optional<String> next) {
    public Part {
      items = List.copyOf(items);
    }
  }

  public SavedFiles(Database database) {
    this.entries = new EntryTable(database);
    this.history = new HistoryTable(database);
  }

  /**
   * Lists what lay in one folder of the home in a backup, by name.
   *
   * @param after the name after which the part begins; empty for the first part
   */
  public Part in(TreeId tree, long run, String folder, String after) {
    var found = history.in(tree, run, folder, after, MOST + 1);
    var items = found.stream().limit(MOST).map(SavedFile::of).toList();
    return new Part(
        items, found.size() > MOST ? Optional.of(found.get(MOST - 1).name()) : Optional.empty());
  }

  /** All versions of one file that backups saved, the newest first. */
  public List<SavedFile> versions(TreeId tree, String path) {
    return history.versions(tree, path).stream()
        .map(SavedFile::of)
        .sorted(Comparator.comparing(SavedFile::run).reversed())
        .toList();
  }

  /** The last change of any file of the home, in nanoseconds since 1970; 0 without any. */
  public long lastChange(TreeId tree) {
    return entries.lastChange(tree);
  }
}
