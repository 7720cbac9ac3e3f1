package org.homeport.bridge.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.homeport.bridge.tree.TreeId;
import org.homeport.spawn.text.Spelling;

/** Translates between rows and runs. */
final class RunRow {
  static final String COLUMNS =
      "tree, number, kind, started_by, started_at, ended_at, status, report";

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
        report(row.getString("report")));
  }

  static String json(Report report) {
    try {
      return JSON.writeValueAsString(report);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A report can always be written.", e);
    }
  }

  private static Report report(String json) throws SQLException {
    try {
      return JSON.readValue(json, Report.class);
    } catch (JsonProcessingException e) {
      throw new SQLException("The report of a run is not JSON.", e);
    }
  }
}
