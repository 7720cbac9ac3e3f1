package org.homeport.bridge.database;

import java.sql.DriverManager;
import java.sql.SQLException;
import org.homeport.bridge.check.Check;
import org.homeport.bridge.check.Findings;

/**
 * Looks whether PostgreSQL answers. SQLite lies in a file, of which the check of the state folder
 * shows all that there is to see.
 */
public record DatabaseCheck(String url) implements Check {
  private static final int PATIENCE_SECONDS = 5;

  @Override
  public void look(Findings findings) {
    if (!url.startsWith("jdbc:postgresql:")) {
      return;
    }
    DriverManager.setLoginTimeout(PATIENCE_SECONDS);
    try (var connection = DriverManager.getConnection(url)) {
      findings.ok("database", "PostgreSQL " + connection.getMetaData().getDatabaseProductVersion());
    } catch (SQLException e) {
      findings.wrong("database", e.getMessage(), "Start PostgreSQL, or correct database.");
    }
  }
}
