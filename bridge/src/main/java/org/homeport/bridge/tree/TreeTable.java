package org.homeport.bridge.tree;

import java.util.List;
import org.homeport.bridge.database.Database;

/** The tables that are keyed by a tree, as one: to forget a tree in all of them. */
public final class TreeTable {
  private static final List<String> TABLES =
      List.of(
          "backup_entries",
          "backup_history",
          "backup_roots",
          "backup_marks",
          "backup_runs",
          "backup_night_homes",
          "backup_gone");

  private final Database database;

  public TreeTable(Database database) {
    this.database = database;
  }

  /**
   * Forgets a tree whose storage is given up: another one would not know the ids. Repeatable; a
   * later backup to the same storage finds everything there and sends nothing again.
   */
  public void forget(TreeId tree) {
    database.write(
        handle -> {
          for (var table : TABLES) {
            handle.execute("DELETE FROM " + table + " WHERE tree = ?", tree.text());
          }
          return null;
        });
  }
}
