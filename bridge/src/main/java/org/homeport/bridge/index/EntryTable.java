package org.homeport.bridge.index;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.tree.Paths;
import org.homeport.bridge.tree.TreeId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The SQL of the index: what of each tree is at the remote. */
public final class EntryTable {
  private final Database database;

  public EntryTable(Database database) {
    this.database = database;
  }

  /** Reads a few folders, one after the other; the reader is closed when this returns. */
  public void read(TreeId tree, Consumer<FolderReader> reader) {
    database.read(
        handle -> {
          try (var folders = new FolderReader(handle.getConnection(), tree)) {
            reader.accept(folders);
          }
          return null;
        });
  }

  public Optional<IndexEntry> find(TreeId tree, String path) {
    return database.read(
        handle ->
            entries(handle, tree, "AND folder = :folder AND name = :name")
                .bind("folder", Paths.folder(path))
                .bind("name", Paths.name(path))
                .map((row, context) -> EntryRow.current(row))
                .findOne());
  }

  public void each(TreeId tree, Consumer<IndexEntry> consumer) {
    database.read(
        handle -> {
          entries(handle, tree, "").map((row, context) -> EntryRow.current(row)).forEach(consumer);
          return null;
        });
  }

  public long countFiles(TreeId tree) {
    return number("SELECT count(*) FROM backup_entries WHERE tree = ? AND kind = 'file'", tree);
  }

  /** The last change of any file, in nanoseconds since 1970; 0 without any. */
  long lastChange(TreeId tree) {
    return number("SELECT COALESCE(max(mtime), 0) FROM backup_entries WHERE tree = ?", tree);
  }

  /** Lists what is at the remote since after a run as it is. */
  public List<IndexEntry> doneAfter(TreeId tree, long run) {
    return database.read(
        handle ->
            entries(handle, tree, "AND first_run > :run AND state = 'done'")
                .bind("run", run)
                .map((row, context) -> EntryRow.current(row))
                .list());
  }

  /** Writes what entries are from a run on, and remembers what they were. */
  public void confirm(TreeId tree, long run, List<IndexEntry> before, List<IndexEntry> now) {
    database.write(
        handle -> {
          var writes = new WritableEntryTable(handle, tree);
          writes.end(before, run);
          writes.put(now);
          return null;
        });
  }

  /** Gives an entry, with all that lies in it, another path from a run on. */
  public void move(TreeId tree, long run, IndexEntry before, String folder, String name) {
    database.write(
        handle -> {
          var writes = new WritableEntryTable(handle, tree);
          var all = writes.withBelow(before);
          writes.end(all, run);
          writes.delete(all);
          var path = Paths.join(folder, name);
          writes.put(
              all.stream()
                  .map(
                      entry ->
                          entry.path().equals(before.path())
                              ? entry.at(folder, name, run)
                              : entry.at(
                                  path + entry.folder().substring(before.path().length()),
                                  entry.name(),
                                  run))
                  .toList());
          return null;
        });
  }

  /** Ends entries, with all that lies in them, and remembers what they were. */
  public void remove(TreeId tree, long run, List<IndexEntry> entries) {
    database.write(
        handle -> {
          var writes = new WritableEntryTable(handle, tree);
          for (var entry : entries) {
            var all = writes.withBelow(entry);
            writes.end(all, run);
            writes.delete(all);
          }
          return null;
        });
  }

  /**
   * Writes down what a look at the remote found, and up to where it looked.
   *
   * @param lost is no longer at the remote, in any version
   */
  public void reviewed(TreeId tree, List<IndexEntry> lost, List<IndexEntry> changed, String mark) {
    database.write(
        handle -> {
          var writes = new WritableEntryTable(handle, tree);
          lost.forEach(entry -> writes.delete(writes.withBelow(entry)));
          writes.put(changed);
          RootTable.setMark(handle, tree, mark);
          return null;
        });
  }

  /** Writes what was learned from the remote, in place of what was believed before. */
  public static void learn(Handle handle, TreeId tree, Learned learned) {
    var writes = new WritableEntryTable(handle, tree);
    writes.deleteAll();
    RootTable.forgetAll(handle, tree);
    learned.roots().forEach((path, root) -> RootTable.put(handle, tree, path, root));
    writes.put(learned.live());
    learned.ended().forEach(ended -> writes.end(List.of(ended.entry()), ended.run()));
    RootTable.setMark(handle, tree, learned.mark());
  }

  private long number(String sql, TreeId tree) {
    return database.read(
        handle -> handle.createQuery(sql).bind(0, tree.text()).mapTo(Long.class).one());
  }

  private static Query entries(Handle handle, TreeId tree, String condition) {
    return handle
        .createQuery(
            "SELECT %s FROM backup_entries WHERE tree = :tree %s"
                .formatted(EntryRow.ALL, condition))
        .bind("tree", tree.text());
  }
}
