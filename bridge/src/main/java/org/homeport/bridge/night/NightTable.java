package org.homeport.bridge.night;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.tree.TreeId;
import org.jdbi.v3.core.Handle;

/** The SQL of the night that is under way, or was the last one. */
final class NightTable {
  private final Database database;

  NightTable(Database database) {
    this.database = database;
  }

  /** Remembers that a night began, instead of any before it. */
  void begin(Instant begun, List<TreeId> homes) {
    database.write(
        handle -> {
          replace(handle, begun);
          var batch = handle.prepareBatch("INSERT INTO backup_night_homes (tree) VALUES (?)");
          homes.forEach(home -> batch.add(home.text()));
          return homes.isEmpty() ? new int[0] : batch.execute();
        });
  }

  /** Remembers a night that could not be carried out, instead of any before it. */
  void fail(Night night) {
    database.write(
        handle -> {
          replace(handle, night.begun());
          return end(handle, night);
        });
  }

  /** The night that is under way. */
  Optional<Instant> begun() {
    return last().filter(night -> night.endedAt().isEmpty()).map(LastNight::begunAt);
  }

  Optional<LastNight> last() {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT begun_at, ended_at, success, message FROM backup_nights")
                .map((row, context) -> night(row))
                .findOne());
  }

  /** The homes that the night was to save. */
  List<TreeId> homes() {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT tree FROM backup_night_homes ORDER BY tree")
                .map((row, context) -> new TreeId(row.getString(1)))
                .list());
  }

  /** Ends the night; whether nobody else has ended it. */
  boolean end(Night night) {
    return database.write(handle -> end(handle, night));
  }

  /** Notes that the user of a home is gone from the host, and since when. */
  void noteGone(TreeId home, Instant now) {
    database.write(
        handle ->
            handle.execute(
                "INSERT INTO backup_gone (tree, since) VALUES (?, ?) ON CONFLICT DO NOTHING",
                home.text(),
                now.toString()));
  }

  /** The homes whose users are gone since a moment, and not since longer. */
  List<TreeId> goneSince(Instant moment) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT tree, since FROM backup_gone ORDER BY tree")
                .map((row, context) -> new Gone(new TreeId(row.getString(1)), row.getString(2)))
                .stream()
                .filter(gone -> !Instant.parse(gone.since()).isBefore(moment))
                .map(Gone::home)
                .toList());
  }

  private record Gone(TreeId home, String since) {}

  /** Notes that the user of a home is there. */
  void noteThere(TreeId home) {
    database.write(handle -> handle.execute("DELETE FROM backup_gone WHERE tree = ?", home.text()));
  }

  private static void replace(Handle handle, Instant begun) {
    handle.execute("DELETE FROM backup_nights");
    handle.execute("DELETE FROM backup_night_homes");
    handle.execute("INSERT INTO backup_nights (begun_at) VALUES (?)", begun.toString());
  }

  private static boolean end(Handle handle, Night night) {
    return handle.execute(
            "UPDATE backup_nights SET ended_at = ?, success = ?, message = ?"
                + " WHERE begun_at = ? AND ended_at IS NULL",
            night.ended().toString(),
            night.isSuccess() ? 1 : 0,
            night.message(),
            night.begun().toString())
        == 1;
  }

  private static LastNight night(ResultSet row) throws SQLException {
    var ended = Optional.ofNullable(row.getString("ended_at")).map(Instant::parse);
    var success = row.getInt("success") == 1;
    return new LastNight(
        Instant.parse(row.getString("begun_at")),
        ended,
        ended.map(at -> success),
        Optional.ofNullable(row.getString("message")).orElse(""));
  }
}
