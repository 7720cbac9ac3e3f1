package org.homeport.bridge.database;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.generic.GenericType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the tables of a database to this version: each migration once, in order. */
final class Schema {
  private static final Logger log = LoggerFactory.getLogger(Schema.class);

  private Schema() {}

  /**
   * Applies what is missing and returns how many that were. Runs within the caller's transaction.
   */
  static int update(Handle handle, List<Migration> migrations) {
    var applied = applied(handle);
    var known = migrations.stream().map(Migration::version).toList();
    if (!known.containsAll(applied.keySet())) {
      throw new IllegalStateException(
          "The database was made by a newer Homeport: start that one, or restore a copy of the"
              + " database from before.");
    }
    var count = 0;
    for (var migration : migrations) {
      var checksum = applied.get(migration.version());
      if (checksum == null) {
        apply(handle, migration);
        count++;
      } else if (checksum != migration.checksum()) {
        throw new IllegalStateException(
            "The database has another migration %03d (%s) than this Homeport."
                    .formatted(migration.version(), migration.name())
                + " Start the Homeport that made it.");
      }
    }
    return count;
  }

  private static Map<Integer, Long> applied(Handle handle) {
    handle.execute(
        "CREATE TABLE IF NOT EXISTS migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL,"
            + " checksum BIGINT NOT NULL, applied_at TEXT NOT NULL)");
    return handle
        .createQuery("SELECT version, checksum FROM migrations")
        .setMapKeyColumn("version")
        .setMapValueColumn("checksum")
        .collectInto(new GenericType<Map<Integer, Long>>() {});
  }

  private static void apply(Handle handle, Migration migration) {
    handle.createScript(migration.sql()).executeAsSeparateStatements();
    handle.execute(
        "INSERT INTO migrations (version, name, checksum, applied_at) VALUES (?, ?, ?, ?)",
        migration.version(),
        migration.name(),
        migration.checksum(),
        Instant.now().toString());
    log.info("applied migration {} ({})", migration.version(), migration.name());
  }
}
