package org.homeport.bridge.run;

import java.time.Instant;
import java.util.Optional;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.tree.TreeId;

/** The SQL of the leases: who writes to the storage of a tree, and until when. */
final class LeaseTable {
  private final Database database;

  LeaseTable(Database database) {
    this.database = database;
  }

  /** The run that has the storage of the tree now, if any has. */
  Optional<Long> heldBy(TreeId tree, Instant now) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT run FROM backup_leases WHERE tree = :tree AND until > :now")
                .bind("tree", tree.text())
                .bind("now", now.toEpochMilli())
                .mapTo(Long.class)
                .findOne());
  }

  /** Takes the lease and begins a run with it; empty when somebody has the lease. */
  Optional<Run> take(
      TreeId tree, String holder, Run.Kind kind, String startedBy, Instant now, Instant until) {
    return database.write(
        handle -> {
          // The row first: two bridges on PostgreSQL then wait for each other here.
          var taken =
              handle
                  .createUpdate(
                      "INSERT INTO backup_leases (tree, holder, run, until)"
                          + " VALUES (:tree, :holder, 0, :until)"
                          + " ON CONFLICT (tree) DO UPDATE SET holder = excluded.holder,"
                          + " until = excluded.until WHERE backup_leases.until <= :now")
                  .bind("tree", tree.text())
                  .bind("holder", holder)
                  .bind("now", now.toEpochMilli())
                  .bind("until", until.toEpochMilli())
                  .execute();
          if (taken == 0) {
            return Optional.empty();
          }
          RunTable.endAbandoned(handle, tree, now);
          var run = RunTable.begin(handle, tree, kind, startedBy, now);
          handle.execute(
              "UPDATE backup_leases SET run = ? WHERE tree = ?", run.number(), tree.text());
          return Optional.of(run);
        });
  }

  /** Whether the holder still has it, and has it until then. */
  boolean renew(TreeId tree, String holder, Instant until) {
    return database.write(
            handle ->
                handle.execute(
                    "UPDATE backup_leases SET until = ? WHERE tree = ? AND holder = ?",
                    until.toEpochMilli(),
                    tree.text(),
                    holder))
        == 1;
  }

  void release(TreeId tree, String holder) {
    database.write(
        handle ->
            handle.execute(
                "DELETE FROM backup_leases WHERE tree = ? AND holder = ?", tree.text(), holder));
  }
}
