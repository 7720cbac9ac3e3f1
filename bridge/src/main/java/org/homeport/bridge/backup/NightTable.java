package org.homeport.bridge.backup;

import java.time.Instant;
import java.util.Optional;
import org.homeport.bridge.database.Database;

/** The SQL of the night that is under way. */
final class NightTable {
  private final Database database;

  NightTable(Database database) {
    this.database = database;
  }

  /** Remembers that a night began, instead of any before it. */
  void begin(Instant begun) {
    database.write(
        handle -> {
          handle.execute("DELETE FROM backup_nights");
          return handle.execute(
              "INSERT INTO backup_nights (begun_at) VALUES (?)", begun.toString());
        });
  }

  Optional<Instant> begun() {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT begun_at FROM backup_nights")
                .map((row, context) -> Instant.parse(row.getString(1)))
                .findOne());
  }

  /** Forgets the night; whether it was still remembered. */
  boolean end(Instant begun) {
    return database.write(
        handle ->
            handle.execute("DELETE FROM backup_nights WHERE begun_at = ?", begun.toString()) == 1);
  }
}
