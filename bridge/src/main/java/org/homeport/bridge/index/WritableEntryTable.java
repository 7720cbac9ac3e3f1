package org.homeport.bridge.index;

import java.util.List;
import org.homeport.bridge.index.IndexEntry.Kind;
import org.homeport.bridge.tree.TreeId;
import org.jdbi.v3.core.Handle;

/** Writes entries of one tree within a transaction of the caller's. */
record WritableEntryTable(Handle handle, TreeId tree) {

  void put(List<IndexEntry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    var batch =
        handle.prepareBatch(
            "INSERT INTO backup_entries (tree, "
                + EntryRow.ALL
                + ") VALUES (:tree, :folder, :name,"
                + " :kind, :id, :size, :mtime, :mode, :md5, :version, :target, :run, :state,"
                + " :ctime, :inode) ON CONFLICT (tree, folder, name) DO UPDATE SET"
                + " kind = excluded.kind, remote_id = excluded.remote_id, size = excluded.size,"
                + " mtime = excluded.mtime, mode = excluded.mode, md5 = excluded.md5,"
                + " version = excluded.version, target = excluded.target,"
                + " first_run = excluded.first_run, state = excluded.state,"
                + " ctime = excluded.ctime, inode = excluded.inode");
    entries.forEach(entry -> EntryRow.bind(batch, tree, entry).add());
    batch.execute();
  }

  /** Remembers what entries were before a run changed or ended them. Repeatable. */
  void end(List<IndexEntry> before, long run) {
    var ended = before.stream().filter(entry -> wasEver(entry) && entry.firstRun() < run).toList();
    if (ended.isEmpty()) {
      return;
    }
    var batch =
        handle.prepareBatch(
            "INSERT INTO backup_history (tree, "
                + EntryRow.VISIBLE
                + ", end_run) VALUES (:tree,"
                + " :folder, :name, :kind, :id, :size, :mtime, :mode, :md5, :version, :target,"
                + " :run, :end) ON CONFLICT (tree, folder, name, end_run) DO NOTHING");
    ended.forEach(entry -> EntryRow.bind(batch, tree, entry).bind("end", run).add());
    batch.execute();
  }

  void delete(List<IndexEntry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    var batch =
        handle.prepareBatch(
            "DELETE FROM backup_entries WHERE tree = ? AND folder = ? AND name = ?");
    entries.forEach(entry -> batch.add(tree.text(), entry.folder(), entry.name()));
    batch.execute();
  }

  void deleteAll() {
    handle.execute("DELETE FROM backup_entries WHERE tree = ?", tree.text());
  }

  /** An entry, after all that lies in it. */
  List<IndexEntry> withBelow(IndexEntry entry) {
    if (entry.kind() != Kind.FOLDER) {
      return List.of(entry);
    }
    // Not LIKE and not a range: the one would need escapes, the other depends on the collation.
    var all =
        handle
            .createQuery(
                "SELECT "
                    + EntryRow.ALL
                    + " FROM backup_entries WHERE tree = :tree"
                    + " AND (folder = :folder OR substr(folder, 1, length(:inside)) = :inside)")
            .bind("tree", tree.text())
            .bind("folder", entry.path())
            .bind("inside", entry.path() + "/")
            .map((row, context) -> EntryRow.current(row))
            .list();
    all.add(entry);
    return all;
  }

  /** A file that the remote never confirmed was in no run. */
  private static boolean wasEver(IndexEntry entry) {
    return entry.kind() != Kind.FILE || entry.content().isPresent();
  }
}
