package org.homeport.bridge.server;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.homeport.bridge.database.Database;
import org.homeport.spawn.identity.HubUser;
import org.homeport.spawn.identity.ServerName;
import org.homeport.spawn.image.ImageName;
import org.homeport.spawn.text.Spelling;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Remembers servers: all of {@link Server} but the address, which the engine knows. */
public final class ServerTable {
  private static final Logger log = LoggerFactory.getLogger(ServerTable.class);

  private final Database database;

  public ServerTable(Database database) {
    this.database = database;
  }

  /** Remembers a server as it is; durable when this returns. */
  void save(Server server) {
    database.write(handle -> upsert(handle, server));
  }

  /** Remembers a server as it is, if the database can be written; the container tells it too. */
  void note(Server server) {
    try {
      save(server);
    } catch (RuntimeException e) {
      log.warn("The state of server {} cannot be written down: {}", server.id(), e.toString());
    }
  }

  Optional<Server> find(String id) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT * FROM servers WHERE id = :id")
                .bind("id", id)
                .map(ServerTable::server)
                .findOne());
  }

  List<Server> all() {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT * FROM servers ORDER BY id")
                .map(ServerTable::server)
                .list());
  }

  void forget(String id) {
    database.write(handle -> handle.execute("DELETE FROM servers WHERE id = ?", id));
  }

  /** Counts the starts of a server that were interrupted in a row. */
  int interruptions(String id) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT interruptions FROM servers WHERE id = :id")
                .bind("id", id)
                .mapTo(Integer.class)
                .findOne()
                .orElse(0));
  }

  /** Keeps the interruption that is to come from being counted: it is nobody's fault. */
  void excuse(String id) {
    database.write(
        handle ->
            handle.execute(
                "UPDATE servers SET interruptions = interruptions - 1"
                    + " WHERE id = ? AND state IN ('queued', 'starting')",
                id));
  }

  private static int upsert(Handle handle, Server server) {
    return handle
        .createUpdate(
            "INSERT INTO servers (id, user_name, server_name, image, container, state, exit_code,"
                + " failure_code, failure_message, failure_remedy, reference, since)"
                + " VALUES (:id, :user, :serverName, :image, :container, :state, :exitCode,"
                + " :code, :message, :remedy, :reference, :since)"
                + " ON CONFLICT (id) DO UPDATE SET image = excluded.image,"
                + " container = excluded.container, state = excluded.state,"
                + " exit_code = excluded.exit_code, failure_code = excluded.failure_code,"
                + " failure_message = excluded.failure_message,"
                + " failure_remedy = excluded.failure_remedy, reference = excluded.reference,"
                + " since = excluded.since,"
                + " interruptions = CASE"
                + " WHEN excluded.failure_code = 'interrupted'"
                + " AND servers.state IN ('queued', 'starting') THEN servers.interruptions + 1"
                + " WHEN excluded.failure_code = 'interrupted'"
                + " OR excluded.state IN ('queued', 'starting', 'stopping')"
                + " THEN servers.interruptions"
                + " ELSE 0 END")
        .bind("id", server.id())
        .bind("user", server.user().name())
        .bind("serverName", server.serverName().name())
        .bind("image", server.image().name())
        .bind("container", server.container())
        .bind("state", server.state().toString())
        .bind("exitCode", server.exitCode().isPresent() ? server.exitCode().getAsInt() : null)
        .bind("code", server.failure().map(Failure::code).orElse(null))
        .bind("message", server.failure().map(Failure::message).orElse(null))
        .bind("remedy", server.failure().map(Failure::remedy).orElse(null))
        .bind("reference", server.reference())
        .bind("since", server.since().toString())
        .execute();
  }

  private static Server server(ResultSet row, StatementContext context) throws SQLException {
    var exitCode = row.getInt("exit_code");
    var hasExited = !row.wasNull();
    return new Server(
        row.getString("id"),
        HubUser.of(row.getString("user_name")),
        ServerName.of(row.getString("server_name")),
        ImageName.of(row.getString("image")),
        row.getString("container"),
        Spelling.read(Server.State.class, row.getString("state")),
        Optional.empty(),
        hasExited ? OptionalInt.of(exitCode) : OptionalInt.empty(),
        failure(row),
        row.getString("reference"),
        Instant.parse(row.getString("since")));
  }

  private static Optional<Failure> failure(ResultSet row) throws SQLException {
    return row.getString("failure_code") == null
        ? Optional.empty()
        : Optional.of(
            new Failure(
                row.getString("failure_code"),
                row.getString("failure_message"),
                row.getString("failure_remedy"),
                row.getString("reference")));
  }
}
