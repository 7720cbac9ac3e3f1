package org.homeport.bridge.index;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.remote.RemoteId;
import org.homeport.bridge.tree.Paths;
import org.homeport.bridge.tree.TreeId;

/** The SQL of what entries were in earlier runs. */
public final class HistoryTable {
  private final Database database;

  public HistoryTable(Database database) {
    this.database = database;
  }

  /** Lists every entry that the tree had in a run, in no order. */
  public List<IndexEntry> asOf(TreeId tree, long run) {
    return saved(tree, "first_run <= :run", "AND end_run > :run", Map.of("run", run));
  }

  /** Lists what an entry was in all runs, in no order. */
  List<IndexEntry> versions(TreeId tree, String path) {
    var where = Map.<String, Object>of("folder", Paths.folder(path), "name", Paths.name(path));
    return saved(tree, "folder = :folder AND name = :name", "", where);
  }

  /** The paths of what ended after a run, and did not come back. */
  public List<String> goneAfter(TreeId tree, long run) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT DISTINCT folder, name FROM backup_history ended"
                        + " WHERE tree = :tree AND end_run > :run AND NOT EXISTS"
                        + " (SELECT 1 FROM backup_entries entry WHERE entry.tree = :tree"
                        + " AND entry.folder = ended.folder AND entry.name = ended.name)")
                .bind("tree", tree.text())
                .bind("run", run)
                .map((row, context) -> Paths.join(row.getString(1), row.getString(2)))
                .list());
  }

  /** The ids of all that the tree had once and no longer has, or has with another content. */
  public Set<RemoteId> everHad(TreeId tree) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT DISTINCT remote_id FROM backup_history"
                        + " WHERE tree = ? AND remote_id IS NOT NULL")
                .bind(0, tree.text())
                .mapTo(String.class)
                .map(RemoteId::new)
                .set());
  }

  private List<IndexEntry> saved(
      TreeId tree, String where, String alsoInHistory, Map<String, ?> values) {
    var sql =
        "SELECT %1$s FROM backup_entries WHERE tree = :tree AND %2$s"
            + " AND (version IS NOT NULL OR kind <> 'file')"
            + " UNION ALL SELECT %1$s FROM backup_history WHERE tree = :tree AND %2$s %3$s";
    return database.read(
        handle ->
            handle
                .createQuery(sql.formatted(EntryRow.VISIBLE, where, alsoInHistory))
                .bind("tree", tree.text())
                .bindMap(values)
                .map((row, context) -> EntryRow.saved(row))
                .list());
  }
}
