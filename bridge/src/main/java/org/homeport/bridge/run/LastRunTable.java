package org.homeport.bridge.run;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.tree.TreeId;

/** The SQL of how the backups of all trees stand. */
public final class LastRunTable {
  private final Database database;

  public LastRunTable(Database database) {
    this.database = database;
  }

  /** The last backup of each tree. */
  public List<Run> last() {
    return lastOfEach("");
  }

  /** The last backup of each tree that saved something. */
  public List<Run> lastSaved() {
    return lastOfEach(" AND status IN ('done', 'partial')");
  }

  /** The backups that somebody began from a moment on, the oldest first. */
  public List<Run> backupsSince(Instant moment, String startedBy) {
    // The numbers are counted on from the clock.
    return RunTable.runs(
        database,
        "kind = 'backup' AND started_by = :by AND number >= :least ORDER BY number",
        Map.of("by", startedBy, "least", moment.toEpochMilli()));
  }

  /** The trees of which somebody began a backup from a moment on. */
  public Set<TreeId> backedUpSince(Instant moment) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT DISTINCT tree FROM backup_runs WHERE kind = 'backup' AND number >= ?")
                .bind(0, moment.toEpochMilli())
                .map((row, context) -> new TreeId(row.getString(1)))
                .set());
  }

  /** Counts how many backups of each tree went wrong since the last one that saved something. */
  public Map<TreeId, Integer> failuresSinceSaved() {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT tree, count(*) AS failures FROM backup_runs AS run"
                        + " WHERE kind = 'backup' AND status NOT IN ('running', 'done', 'partial')"
                        + " AND number > (SELECT coalesce(max(number), 0) FROM backup_runs"
                        + " WHERE tree = run.tree AND kind = 'backup'"
                        + " AND status IN ('done', 'partial')) GROUP BY tree")
                .reduceRows(
                    new HashMap<>(),
                    (counts, row) -> {
                      counts.put(
                          new TreeId(row.getColumn("tree", String.class)),
                          row.getColumn("failures", Integer.class));
                      return counts;
                    }));
  }

  private List<Run> lastOfEach(String condition) {
    return RunTable.runs(
        database,
        "number = (SELECT max(number) FROM backup_runs"
            + " WHERE tree = run.tree AND kind = 'backup'"
            + condition
            + ")",
        Map.of());
  }
}
