package org.homeport.bridge.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.homeport.spawn.identity.HubUser;
import org.jdbi.v3.core.Handle;

/** The SQL of the runs: what was done for whom, how it ended, and whose manifest has arrived. */
final class RunTable {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();
  private static final String COLUMNS =
      "user_name, number, kind, started_by, started_at, ended_at, status, report";

  private RunTable() {}

  static Run begin(Handle handle, HubUser user, Run.Kind kind, String startedBy, Instant now) {
    // Whoever begins holds the lease, so nobody works on what still looks as if it ran.
    if (kind == Run.Kind.BACKUP) {
      endAbandoned(handle, user, now);
    }
    var last =
        handle
            .createQuery("SELECT coalesce(max(number), 0) FROM backup_runs WHERE user_name = ?")
            .bind(0, user.name())
            .mapTo(Long.class)
            .one();
    // Counted on from the clock, so that numbers grow on after a loss of the database too.
    var number = Math.max(last + 1, now.toEpochMilli());
    var run =
        new Run(
            user, number, kind, startedBy, now, Optional.empty(), Run.Status.RUNNING, Report.EMPTY);
    insert(handle, run, false);
    return run;
  }

  static void insert(Handle handle, Run run, boolean manifested) {
    handle.execute(
        "INSERT INTO backup_runs (" + COLUMNS + ", manifested) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        run.user().name(),
        run.number(),
        run.kind().toString(),
        run.startedBy(),
        run.startedAt().toString(),
        run.endedAt().map(Instant::toString).orElse(null),
        run.status().toString(),
        json(run.report()),
        manifested ? 1 : 0);
  }

  static void end(Handle handle, Run run, Run.Status status, Report report, Instant now) {
    handle.execute(
        "UPDATE backup_runs SET ended_at = ?, status = ?, report = ?"
            + " WHERE user_name = ? AND number = ?",
        now.toString(),
        status.toString(),
        json(report),
        run.user().name(),
        run.number());
  }

  static Optional<Run> find(Handle handle, HubUser user, long number) {
    return handle
        .createQuery(
            "SELECT " + COLUMNS + " FROM backup_runs WHERE user_name = :user AND number = :number")
        .bind("user", user.name())
        .bind("number", number)
        .map((row, context) -> run(row))
        .findOne();
  }

  /** The latest runs of a kind, the newest first. */
  static List<Run> latest(Handle handle, HubUser user, Run.Kind kind, int atMost) {
    return handle
        .createQuery(
            "SELECT "
                + COLUMNS
                + " FROM backup_runs WHERE user_name = :user AND kind = :kind"
                + " ORDER BY number DESC LIMIT :most")
        .bind("user", user.name())
        .bind("kind", kind.toString())
        .bind("most", atMost)
        .map((row, context) -> run(row))
        .list();
  }

  /** The last backup that had saved something by a moment. */
  static Optional<Long> savedBy(Handle handle, HubUser user, Instant moment) {
    // As text, moments with and without fractions do not sort, so the comparison is not SQL's.
    return handle
        .createQuery(
            "SELECT number, ended_at FROM backup_runs WHERE user_name = :user"
                + " AND kind = 'backup' AND ended_at IS NOT NULL ORDER BY number DESC")
        .bind("user", user.name())
        .map((row, context) -> new Ended(row.getLong(1), Instant.parse(row.getString(2))))
        .stream()
        .filter(ended -> !ended.at().isAfter(moment))
        .map(Ended::number)
        .findFirst();
  }

  private record Ended(long number, Instant at) {}

  /** The last run whose manifest has arrived; 0 when none has. */
  static long manifested(Handle handle, HubUser user) {
    return handle
        .createQuery(
            "SELECT coalesce(max(number), 0) FROM backup_runs"
                + " WHERE user_name = ? AND manifested = 1")
        .bind(0, user.name())
        .mapTo(Long.class)
        .one();
  }

  static void reserveManifest(Handle handle, Run run, RemoteId id) {
    handle.execute(
        "UPDATE backup_runs SET manifest_id = ? WHERE user_name = ? AND number = ?",
        id.value(),
        run.user().name(),
        run.number());
  }

  static void manifestArrived(Handle handle, Run run) {
    handle.execute(
        "UPDATE backup_runs SET manifested = 1 WHERE user_name = ? AND number = ?",
        run.user().name(),
        run.number());
  }

  /** Manifests that were perhaps sent by runs that did not get to say so. */
  static List<RemoteId> doubtfulManifests(Handle handle, HubUser user) {
    return handle
        .createQuery(
            "SELECT manifest_id FROM backup_runs"
                + " WHERE user_name = ? AND manifested = 0 AND manifest_id IS NOT NULL")
        .bind(0, user.name())
        .map((row, context) -> new RemoteId(row.getString(1)))
        .list();
  }

  static void forgetDoubtfulManifests(Handle handle, HubUser user) {
    handle.execute(
        "UPDATE backup_runs SET manifest_id = NULL WHERE user_name = ? AND manifested = 0",
        user.name());
  }

  private static void endAbandoned(Handle handle, HubUser user, Instant now) {
    handle.execute(
        "UPDATE backup_runs SET ended_at = ?, status = ?, report = ?"
            + " WHERE user_name = ? AND kind = 'backup' AND ended_at IS NULL",
        now.toString(),
        Run.Status.FAILED.toString(),
        json(Report.EMPTY.withMessage("Homeport stopped during this run; the next one went on.")),
        user.name());
  }

  private static Run run(ResultSet row) throws SQLException {
    try {
      return new Run(
          HubUser.of(row.getString("user_name")),
          row.getLong("number"),
          Run.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
          row.getString("started_by"),
          Instant.parse(row.getString("started_at")),
          Optional.ofNullable(row.getString("ended_at")).map(Instant::parse),
          Run.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT).replace('-', '_')),
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
