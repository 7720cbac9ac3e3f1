package org.homeport.bridge.index;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.remote.RemoteId;
import org.homeport.bridge.tree.Paths;
import org.homeport.bridge.tree.TreeId;

/** The SQL of what entries were in earlier runs. */
public final class HistoryTable {
  private static final int FETCH_SIZE = 1000;

  private final Database database;

  public HistoryTable(Database database) {
    this.database = database;
  }

  /**
   * Hands over every entry that the tree had in a run, a few in memory at a time: what lies in a
   * folder comes before the folder.
   */
  public void eachAsOf(TreeId tree, long run, Consumer<IndexEntry> consumer) {
    // A path is longer than the one of its folder, whatever the collation says.
    var sql = "SELECT * FROM (%s) AS entries ORDER BY length(folder) DESC";
    database.read(
        handle -> {
          handle
              .createQuery(sql.formatted(saved("first_run <= :run", "AND end_run > :run")))
              .setFetchSize(FETCH_SIZE)
              .bind("tree", tree.text())
              .bind("run", run)
              .map((row, context) -> EntryRow.saved(row))
              .forEach(consumer);
          return null;
        });
  }

  /**
   * Lists what a folder of the tree had in a run, by name.
   *
   * @param after the name after which the list begins; empty for its beginning
   */
  List<IndexEntry> in(TreeId tree, long run, String folder, String after, int atMost) {
    var inFolder = saved("folder = :folder AND first_run <= :run", "AND end_run > :run");
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT * FROM (%s) AS entries WHERE name > :after ORDER BY name LIMIT :most"
                        .formatted(inFolder))
                .bind("tree", tree.text())
                .bind("run", run)
                .bind("folder", folder)
                .bind("after", after)
                .bind("most", atMost)
                .map((row, context) -> EntryRow.saved(row))
                .list());
  }

  /** Whether the tree had anything in a run: the path itself, or something in it. */
  public boolean had(TreeId tree, long run, String path) {
    var sql =
        "SELECT 1 FROM (%s) AS entries WHERE :path = '' OR folder = :path"
            + " OR substr(folder, 1, length(:inside)) = :inside"
            + " OR (folder = :folder AND name = :name) LIMIT 1";
    return database.read(
        handle ->
            handle
                .createQuery(sql.formatted(saved("first_run <= :run", "AND end_run > :run")))
                .bind("tree", tree.text())
                .bind("run", run)
                .bind("path", path)
                .bind("inside", path + "/")
                .bind("folder", Paths.folder(path))
                .bind("name", Paths.name(path))
                .mapTo(Integer.class)
                .findFirst()
                .isPresent());
  }

  /** Lists what an entry was in all runs, in no order. */
  List<IndexEntry> versions(TreeId tree, String path) {
    return database.read(
        handle ->
            handle
                .createQuery(saved("folder = :folder AND name = :name", ""))
                .bind("tree", tree.text())
                .bind("folder", Paths.folder(path))
                .bind("name", Paths.name(path))
                .map((row, context) -> EntryRow.saved(row))
                .list());
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

  private static String saved(String where, String alsoInHistory) {
    return ("SELECT %1$s FROM backup_entries WHERE tree = :tree AND %2$s"
            + " AND (version IS NOT NULL OR kind <> 'file')"
            + " UNION ALL SELECT %1$s FROM backup_history WHERE tree = :tree AND %2$s %3$s")
        .formatted(EntryRow.VISIBLE, where, alsoInHistory);
  }
}
