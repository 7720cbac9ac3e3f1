package org.homeport.bridge.backup;

import java.util.Optional;
import org.homeport.spawn.identity.HubUser;
import org.jdbi.v3.core.Handle;

/** The SQL of what is known of a user's storage besides the home: the folders above, the mark. */
final class RootTable {
  private RootTable() {}

  /** A folder above the home, or the one of the manifests. */
  record Root(RemoteId id, boolean isDone) {}

  static Optional<Root> find(Handle handle, HubUser user, String path) {
    return handle
        .createQuery("SELECT remote_id, state FROM backup_roots WHERE user_name = ? AND path = ?")
        .bind(0, user.name())
        .bind(1, path)
        .map((row, c) -> new Root(new RemoteId(row.getString(1)), row.getString(2).equals("done")))
        .findOne();
  }

  static void put(Handle handle, HubUser user, String path, Root root) {
    handle.execute(
        "INSERT INTO backup_roots (user_name, path, remote_id, state) VALUES (?, ?, ?, ?)"
            + " ON CONFLICT (user_name, path) DO UPDATE SET remote_id = excluded.remote_id,"
            + " state = excluded.state",
        user.name(),
        path,
        root.id().value(),
        root.isDone() ? "done" : "pending");
  }

  static Optional<String> pathOf(Handle handle, HubUser user, RemoteId id) {
    return handle
        .createQuery("SELECT path FROM backup_roots WHERE user_name = ? AND remote_id = ?")
        .bind(0, user.name())
        .bind(1, id.value())
        .mapTo(String.class)
        .findOne();
  }

  static void forget(Handle handle, HubUser user, String path) {
    handle.execute("DELETE FROM backup_roots WHERE user_name = ? AND path = ?", user.name(), path);
  }

  static Optional<String> mark(Handle handle, HubUser user) {
    return handle
        .createQuery("SELECT token FROM backup_marks WHERE user_name = ?")
        .bind(0, user.name())
        .mapTo(String.class)
        .findOne();
  }

  static void setMark(Handle handle, HubUser user, String token) {
    handle.execute(
        "INSERT INTO backup_marks (user_name, token) VALUES (?, ?)"
            + " ON CONFLICT (user_name) DO UPDATE SET token = excluded.token",
        user.name(),
        token);
  }
}
