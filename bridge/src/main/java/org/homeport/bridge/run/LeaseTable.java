package org.homeport.bridge.run;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.tree.TreeId;
import org.jdbi.v3.core.Handle;

/**
 * The SQL of the leases: who works on a tree, and until when. Of those who save a tree there is one
 * at a time, and of those who bring files back to it.
 */
final class LeaseTable {
  private final Database database;

  LeaseTable(Database database) {
    this.database = database;
  }

  /** The run that writes to the storage of the tree now, if any does. */
  Optional<Long> heldBy(TreeId tree, Instant now) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT run FROM backup_leases"
                        + " WHERE tree = :tree AND work = 'save' AND until > :now")
                .bind("tree", tree.text())
                .bind("now", now.toEpochMilli())
                .mapTo(Long.class)
                .findOne());
  }

  /**
   * Takes the lease and begins a run with it; empty when somebody has the lease.
   *
   * @param begun by the clock that also says when the run ends
   * @param now by the clock of all leases
   */
  Optional<Run> take(
      TreeId tree,
      String holder,
      Run.Kind kind,
      String startedBy,
      Instant begun,
      Instant now,
      Instant until) {
    return database.write(
        handle -> {
          // The row first: two bridges on PostgreSQL then wait for each other here.
          if (!insert(handle, tree, kind, holder, now, until)) {
            return Optional.empty();
          }
          if (kind != Run.Kind.RESTORE) {
            RunTable.endAbandoned(handle, tree, begun);
          }
          var run = RunTable.begin(handle, tree, kind, startedBy, begun);
          name(handle, run);
          return Optional.of(run);
        });
  }

  /** Takes the lease for a run that was begun; false when somebody has the lease. */
  boolean adopt(Run run, String holder, Instant now, Instant until) {
    return database.write(
        handle -> {
          var taken = insert(handle, run.tree(), run.kind(), holder, now, until);
          if (taken) {
            name(handle, run);
          }
          return taken;
        });
  }

  private static boolean insert(
      Handle handle, TreeId tree, Run.Kind kind, String holder, Instant now, Instant until) {
    return handle
            .createUpdate(
                "INSERT INTO backup_leases (tree, work, holder, run, until)"
                    + " VALUES (:tree, :work, :holder, 0, :until)"
                    + " ON CONFLICT (tree, work) DO UPDATE SET holder = excluded.holder,"
                    + " run = 0, until = excluded.until WHERE backup_leases.until <= :now")
            .bind("tree", tree.text())
            .bind("work", work(kind))
            .bind("holder", holder)
            .bind("now", now.toEpochMilli())
            .bind("until", until.toEpochMilli())
            .execute()
        == 1;
  }

  private static void name(Handle handle, Run run) {
    handle.execute(
        "UPDATE backup_leases SET run = ? WHERE tree = ? AND work = ?",
        run.number(),
        run.tree().text(),
        work(run.kind()));
  }

  private static String work(Run.Kind kind) {
    return kind == Run.Kind.RESTORE ? "restore" : "save";
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

  /** Runs that have not ended though nobody holds them. */
  List<Run> abandoned(Instant now) {
    return RunTable.runs(
        database,
        "ended_at IS NULL AND NOT EXISTS (SELECT 1 FROM backup_leases AS lease"
            + " WHERE lease.tree = run.tree AND lease.run = run.number AND lease.until > :now)"
            + " ORDER BY number",
        Map.of("now", now.toEpochMilli()));
  }
}
