package org.homeport.bridge.backup;

import java.util.List;
import org.homeport.bridge.database.Database;
import org.homeport.spawn.identity.HubUser;

/** The SQL that forgets all about a user's backups; what is at the far end can tell it again. */
public final class MemoryTable {
  private static final List<String> TABLES =
      List.of("backup_entries", "backup_history", "backup_roots", "backup_marks", "backup_runs");

  private final Database database;

  public MemoryTable(Database database) {
    this.database = database;
  }

  /**
   * Forgets a user whose storage is given up: another one would not know the ids. Repeatable; a
   * later backup to the same storage finds everything there and sends nothing again.
   */
  public void forget(HubUser user) {
    database.write(
        handle -> {
          for (var table : TABLES) {
            handle.execute("DELETE FROM " + table + " WHERE user_name = ?", user.name());
          }
          return null;
        });
  }
}
