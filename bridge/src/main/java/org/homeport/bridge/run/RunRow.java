package org.homeport.bridge.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.homeport.bridge.run.Report.Note;
import org.homeport.bridge.tree.TreeId;
import org.homeport.spawn.text.Spelling;

/** Translates between rows and runs. */
final class RunRow {
  /** The columns that are written. */
  static final String COLUMNS =
      "tree, number, kind, started_by, started_at, ended_at, status, report";

  /** The columns of a list: no more of a report than its figures. */
  static final String LISTED = columns(100_000, "NULL");

  /** The columns of one run; Homeport 0.1.0 kept all of a report in one, without any bound. */
  static final String WHOLE = columns(4_000_000, "details");

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private RunRow() {}

  static Run run(ResultSet row) throws SQLException {
    return new Run(
        new TreeId(row.getString("tree")),
        row.getLong("number"),
        Spelling.read(Run.Kind.class, row.getString("kind")),
        row.getString("started_by"),
        Instant.parse(row.getString("started_at")),
        Optional.ofNullable(row.getString("ended_at")).map(Instant::parse),
        Spelling.read(Run.Status.class, row.getString("status")),
        report(row.getString("report"), row.getString("details")));
  }

  private static String columns(int longest, String details) {
    return "tree, number, kind, started_by, started_at, ended_at, status,"
        + " CASE WHEN length(report) > %d THEN NULL ELSE report END AS report, %s AS details"
            .formatted(longest, details);
  }

  /** The lists of a report, apart from its figures. */
  private record Details(List<Skipped> skipped, List<Note> notes) {}

  static String details(Report report) {
    return json(new Details(report.skipped(), report.notes()));
  }

  static String figures(Report report) {
    return json(report.figures());
  }

  private static String json(Object report) {
    try {
      return JSON.writeValueAsString(report);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A report can always be written.", e);
    }
  }

  private static Report report(String json, String details) throws SQLException {
    if (json == null) {
      return Report.EMPTY.withMessage("The report of this run is too long to be shown.");
    }
    try {
      var report = JSON.readValue(json, Report.class);
      if (details == null) {
        return report;
      }
      var listed = JSON.readValue(details, Details.class);
      return report.with(listed.skipped(), listed.notes());
    } catch (JsonProcessingException e) {
      throw new SQLException("The report of a run is not JSON.", e);
    }
  }
}
