package org.homeport.bridge.run;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.tree.TreeId;
import org.jdbi.v3.core.Handle;

/** The SQL of the runs: what was done to which tree, and how it ended. */
public final class RunTable {
  private final Database database;

  RunTable(Database database) {
    this.database = database;
  }

  static Run begin(Handle handle, TreeId tree, Run.Kind kind, String startedBy, Instant now) {
    var last =
        handle
            .createQuery("SELECT coalesce(max(number), 0) FROM backup_runs WHERE tree = ?")
            .bind(0, tree.text())
            .mapTo(Long.class)
            .one();
    // Counted on from the clock, so that numbers grow on after a loss of the database too. A run of
    // another kind that begins at the same time may take the number first.
    for (var number = Math.max(last + 1, now.toEpochMilli()); ; number++) {
      var run =
          new Run(
              tree,
              number,
              kind,
              startedBy,
              now,
              Optional.empty(),
              Run.Status.RUNNING,
              Report.EMPTY);
      if (insert(handle, run, false) == 1) {
        return run;
      }
    }
  }

  /** Writes down a run that the remote remembers. */
  public static void insertUnlessKnown(Handle handle, Run run) {
    insert(handle, run, true);
  }

  private static int insert(Handle handle, Run run, boolean manifested) {
    return handle.execute(
        "INSERT INTO backup_runs ("
            + RunRow.COLUMNS
            + ", manifested) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        run.tree().text(),
        run.number(),
        run.kind().toString(),
        run.startedBy(),
        run.startedAt().toString(),
        run.endedAt().map(Instant::toString).orElse(null),
        run.status().toString(),
        RunRow.figures(run.report()),
        manifested ? 1 : 0);
  }

  void end(Run run, Run.Status status, Report report, Instant now) {
    database.write(
        handle ->
            handle.execute(
                "UPDATE backup_runs SET ended_at = ?, status = ?, report = ?, details = ?"
                    + " WHERE tree = ? AND number = ?",
                now.toString(),
                status.toString(),
                RunRow.figures(report),
                RunRow.details(report),
                run.tree().text(),
                run.number()));
  }

  /** Ends what still looks as if it ran, for the one who begins with the lease. */
  static void endAbandoned(Handle handle, TreeId tree, Instant now) {
    handle.execute(
        "UPDATE backup_runs SET ended_at = ?, status = ?, report = ?"
            + " WHERE tree = ? AND kind <> 'restore' AND ended_at IS NULL",
        now.toString(),
        Run.Status.FAILED.toString(),
        RunRow.figures(
            Report.EMPTY.withMessage("Homeport stopped during this run; the next one went on.")),
        tree.text());
  }

  Optional<Run> find(TreeId tree, long number) {
    return runs(
            database,
            RunRow.WHOLE,
            "tree = :tree AND number = :number",
            Map.of("tree", tree.text(), "number", number))
        .stream()
        .findFirst();
  }

  /** The latest runs of a kind, the newest first. */
  List<Run> latest(TreeId tree, Run.Kind kind, int atMost) {
    return runs(
        database,
        "tree = :tree AND kind = :kind ORDER BY number DESC LIMIT :most",
        Map.of("tree", tree.text(), "kind", kind.toString(), "most", atMost));
  }

  /** Runs with the figures of their reports. */
  static List<Run> runs(Database database, String which, Map<String, ?> values) {
    return runs(database, RunRow.LISTED, which, values);
  }

  private static List<Run> runs(
      Database database, String columns, String which, Map<String, ?> values) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT " + columns + " FROM backup_runs AS run WHERE " + which)
                .bindMap(values)
                .map((row, context) -> RunRow.run(row))
                .list());
  }

  /** The last backup that had ended by a moment. */
  Optional<Long> savedBy(TreeId tree, Instant moment) {
    // As text, moments with and without fractions do not sort, so the comparison is not SQL's.
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT number, ended_at FROM backup_runs WHERE tree = :tree"
                        + " AND kind = 'backup' AND ended_at IS NOT NULL ORDER BY number DESC")
                .bind("tree", tree.text())
                .map((row, context) -> new Ended(row.getLong(1), Instant.parse(row.getString(2))))
                .stream()
                .filter(ended -> !ended.at().isAfter(moment))
                .map(Ended::number)
                .findFirst());
  }

  private record Ended(long number, Instant at) {}
}
