package org.homeport.bridge.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.remote.RemoteId;
import org.homeport.bridge.tree.TreeId;
import org.homeport.spawn.text.Spelling;
import org.jdbi.v3.core.Handle;

/** The SQL of the runs: what was done for whom, how it ended, and whose manifest has arrived. */
public final class RunTable {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();
  private static final String COLUMNS =
      "tree, number, kind, started_by, started_at, ended_at, status, report";

  private final Database database;

  public RunTable(Database database) {
    this.database = database;
  }

  /** Begins a run that only reads the storage of a tree. */
  Run begin(TreeId tree, Run.Kind kind, String startedBy, Instant now) {
    return database.write(handle -> begin(handle, tree, kind, startedBy, now));
  }

  static Run begin(Handle handle, TreeId tree, Run.Kind kind, String startedBy, Instant now) {
    var last =
        handle
            .createQuery("SELECT coalesce(max(number), 0) FROM backup_runs WHERE tree = ?")
            .bind(0, tree.text())
            .mapTo(Long.class)
            .one();
    // Counted on from the clock, so that numbers grow on after a loss of the database too.
    var number = Math.max(last + 1, now.toEpochMilli());
    var run =
        new Run(
            tree, number, kind, startedBy, now, Optional.empty(), Run.Status.RUNNING, Report.EMPTY);
    insert(handle, run, false);
    return run;
  }

  /** A run that the far end remembers. */
  public static void insertUnlessKnown(Handle handle, Run run) {
    insert(handle, run, true);
  }

  private static void insert(Handle handle, Run run, boolean manifested) {
    handle.execute(
        "INSERT INTO backup_runs ("
            + COLUMNS
            + ", manifested) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        run.tree().text(),
        run.number(),
        run.kind().toString(),
        run.startedBy(),
        run.startedAt().toString(),
        run.endedAt().map(Instant::toString).orElse(null),
        run.status().toString(),
        json(run.report()),
        manifested ? 1 : 0);
  }

  void end(Run run, Run.Status status, Report report, Instant now) {
    database.write(
        handle ->
            handle.execute(
                "UPDATE backup_runs SET ended_at = ?, status = ?, report = ?"
                    + " WHERE tree = ? AND number = ?",
                now.toString(),
                status.toString(),
                json(report),
                run.tree().text(),
                run.number()));
  }

  Optional<Run> find(TreeId tree, long number) {
    return runs("tree = :tree AND number = :number", Map.of("tree", tree.text(), "number", number))
        .stream()
        .findFirst();
  }

  /** The latest runs of a kind, the newest first. */
  List<Run> latest(TreeId tree, Run.Kind kind, int atMost) {
    return runs(
        "tree = :tree AND kind = :kind ORDER BY number DESC LIMIT :most",
        Map.of("tree", tree.text(), "kind", kind.toString(), "most", atMost));
  }

  /** The backups that somebody began from a moment on, the oldest first. */
  public List<Run> backupsSince(Instant moment, String startedBy) {
    // The numbers are counted on from the clock.
    return runs(
        "kind = 'backup' AND started_by = :by AND number >= :least ORDER BY number",
        Map.of("by", startedBy, "least", moment.toEpochMilli()));
  }

  /** The last backup of each tree. */
  public List<Run> last() {
    return lastOfEach("");
  }

  /** The last backup of each tree that saved something. */
  public List<Run> lastSaved() {
    return lastOfEach(" AND status IN ('done', 'partial')");
  }

  private List<Run> lastOfEach(String condition) {
    return runs(
        "number = (SELECT max(number) FROM backup_runs"
            + " WHERE tree = run.tree AND kind = 'backup'"
            + condition
            + ")",
        Map.of());
  }

  private List<Run> runs(String which, Map<String, ?> values) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT " + COLUMNS + " FROM backup_runs AS run WHERE " + which)
                .bindMap(values)
                .map((row, context) -> run(row))
                .list());
  }

  /** How many backups of each tree went wrong since the last one that saved something. */
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

  /** The last backup that had saved something by a moment. */
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

  /** The last run whose manifest has arrived; 0 when none has. */
  public long manifested(TreeId tree) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT coalesce(max(number), 0) FROM backup_runs"
                        + " WHERE tree = ? AND manifested = 1")
                .bind(0, tree.text())
                .mapTo(Long.class)
                .one());
  }

  public void reserveManifest(Run run, RemoteId id) {
    database.write(
        handle ->
            handle.execute(
                "UPDATE backup_runs SET manifest_id = ? WHERE tree = ? AND number = ?",
                id.value(),
                run.tree().text(),
                run.number()));
  }

  public void manifestArrived(Run run) {
    database.write(
        handle ->
            handle.execute(
                "UPDATE backup_runs SET manifested = 1 WHERE tree = ? AND number = ?",
                run.tree().text(),
                run.number()));
  }

  /** Manifests that were perhaps sent by runs that did not get to say so. */
  public List<RemoteId> doubtfulManifests(TreeId tree) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT manifest_id FROM backup_runs"
                        + " WHERE tree = ? AND manifested = 0 AND manifest_id IS NOT NULL")
                .bind(0, tree.text())
                .map((row, context) -> new RemoteId(row.getString(1)))
                .list());
  }

  public void forgetDoubtfulManifests(TreeId tree) {
    database.write(
        handle ->
            handle.execute(
                "UPDATE backup_runs SET manifest_id = NULL WHERE tree = ? AND manifested = 0",
                tree.text()));
  }

  /** Whoever begins with the lease: nobody works on what still looks as if it ran. */
  static void endAbandoned(Handle handle, TreeId tree, Instant now) {
    handle.execute(
        "UPDATE backup_runs SET ended_at = ?, status = ?, report = ?"
            + " WHERE tree = ? AND kind <> 'restore' AND ended_at IS NULL",
        now.toString(),
        Run.Status.FAILED.toString(),
        json(Report.EMPTY.withMessage("Homeport stopped during this run; the next one went on.")),
        tree.text());
  }

  private static Run run(ResultSet row) throws SQLException {
    try {
      return new Run(
          new TreeId(row.getString("tree")),
          row.getLong("number"),
          Spelling.read(Run.Kind.class, row.getString("kind")),
          row.getString("started_by"),
          Instant.parse(row.getString("started_at")),
          Optional.ofNullable(row.getString("ended_at")).map(Instant::parse),
          Spelling.read(Run.Status.class, row.getString("status")),
          JSON.readValue(row.getString("report"), Report.class));
    } catch (JsonProcessingException e) {
      throw new SQLException("The report of a run is not JSON.", e);
    }
  }

  private static String json(Report report) {
    try {
      return JSON.writeValueAsString(report);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A report can always be written.", e);
    }
  }
}
