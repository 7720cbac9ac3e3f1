package org.homeport.bridge.database;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.homeport.bridge.check.Check;
import org.homeport.bridge.check.Findings;
import org.sqlite.SQLiteConfig;

/** Looks whether PostgreSQL answers, or whether the file of SQLite is sound. */
public record DatabaseCheck(String url) implements Check {
  private static final int PATIENCE_SECONDS = 5;
  private static final String SQLITE = "jdbc:sqlite:";

  @Override
  public void look(Findings findings) {
    if (!url.startsWith(SQLITE)) {
      postgresql(findings);
    } else if (Files.exists(Path.of(url.substring(SQLITE.length())))) {
      sqlite(findings);
    }
  }

  private void postgresql(Findings findings) {
    DriverManager.setLoginTimeout(PATIENCE_SECONDS);
    try (var connection = DriverManager.getConnection(url)) {
      findings.ok("database", "PostgreSQL " + connection.getMetaData().getDatabaseProductVersion());
    } catch (SQLException e) {
      findings.wrong("database", e.getMessage(), "Start PostgreSQL, or correct database.");
    }
  }

  private void sqlite(Findings findings) {
    var file = url.substring(SQLITE.length());
    var readOnly = new SQLiteConfig();
    readOnly.setReadOnly(true);
    try (var connection = readOnly.createConnection(url)) {
      var damage = damage(connection);
      if (damage.equals("ok")) {
        findings.ok("database", file + " is sound");
      } else {
        findings.wrong("database", file + " is damaged: " + damage, Damaged.REMEDY);
      }
    } catch (SQLException e) {
      var message = Damaged.is(e) ? " is damaged: " : " cannot be read: ";
      findings.wrong("database", file + message + e.getMessage(), Damaged.REMEDY);
    }
  }

  /** Returns {@code ok}, or the first thing that SQLite finds wrong. */
  private static String damage(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var result = statement.executeQuery("PRAGMA quick_check(1)")) {
      return result.next() ? result.getString(1).lines().findFirst().orElse("") : "ok";
    }
  }
}
