package org.homeport.bridge.index;

import java.util.Optional;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.remote.RemoteId;
import org.homeport.spawn.identity.HubUser;
import org.jdbi.v3.core.Handle;

/** The SQL of what is known of a user's storage besides the home: the folders above, the mark. */
public final class RootTable {
  private final Database database;

  public RootTable(Database database) {
    this.database = database;
  }

  /** A folder above the home, or the one of the manifests. */
  public record Root(RemoteId id, boolean isDone) {}

  public Optional<Root> find(HubUser user, String path) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT remote_id, state FROM backup_roots WHERE user_name = ? AND path = ?")
                .bind(0, user.name())
                .bind(1, path)
                .map((row, c) -> new Root(new RemoteId(row.getString(1)), isDone(row.getString(2))))
                .findOne());
  }

  public void put(HubUser user, String path, Root root) {
    database.write(
        handle -> {
          put(handle, user, path, root);
          return null;
        });
  }

  public Optional<String> pathOf(HubUser user, RemoteId id) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT path FROM backup_roots WHERE user_name = ? AND remote_id = ?")
                .bind(0, user.name())
                .bind(1, id.value())
                .mapTo(String.class)
                .findOne());
  }

  public void forget(HubUser user, String path) {
    database.write(
        handle ->
            handle.execute(
                "DELETE FROM backup_roots WHERE user_name = ? AND path = ?", user.name(), path));
  }

  /** Up to where the far end was looked at; empty when nothing is known of the user. */
  public Optional<String> mark(HubUser user) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT token FROM backup_marks WHERE user_name = ?")
                .bind(0, user.name())
                .mapTo(String.class)
                .findOne());
  }

  public static void put(Handle handle, HubUser user, String path, Root root) {
    handle.execute(
        "INSERT INTO backup_roots (user_name, path, remote_id, state) VALUES (?, ?, ?, ?)"
            + " ON CONFLICT (user_name, path) DO UPDATE SET remote_id = excluded.remote_id,"
            + " state = excluded.state",
        user.name(),
        path,
        root.id().value(),
        root.isDone() ? "done" : "pending");
  }

  static void forgetAll(Handle handle, HubUser user) {
    handle.execute("DELETE FROM backup_roots WHERE user_name = ?", user.name());
  }

  static void setMark(Handle handle, HubUser user, String token) {
    handle.execute(
        "INSERT INTO backup_marks (user_name, token) VALUES (?, ?)"
            + " ON CONFLICT (user_name) DO UPDATE SET token = excluded.token",
        user.name(),
        token);
  }

  private static boolean isDone(String state) {
    return state.equals("done");
  }
}
