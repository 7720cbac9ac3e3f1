package org.homeport.bridge.index;

import java.util.Comparator;
import java.util.List;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.tree.TreeId;
import org.homeport.spawn.text.Spelling;

/** Lets people look at what was saved, before they ask for it back. */
public final class SavedFiles {
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

  public SavedFiles(Database database) {
    this.entries = new EntryTable(database);
    this.history = new HistoryTable(database);
  }

  /** Lists one folder of the home as a backup saved it. */
  public List<SavedFile> in(TreeId tree, long run, String folder) {
    return history.asOf(tree, run).stream()
        .filter(entry -> entry.folder().equals(folder))
        .map(SavedFile::of)
        .sorted(Comparator.comparing(SavedFile::path))
        .toList();
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
