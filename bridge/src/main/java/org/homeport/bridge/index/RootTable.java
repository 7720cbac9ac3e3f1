package org.homeport.bridge.index;

import java.util.Optional;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.remote.RemoteId;
import org.homeport.bridge.tree.TreeId;
import org.jdbi.v3.core.Handle;

/**
 * The SQL of what is known of the storage of a tree besides its files: the folders above, the mark.
 */
public final class RootTable {
  private final Database database;

  public RootTable(Database database) {
    this.database = database;
  }

  /** A folder above the home, or the one of the manifests. */
  public record Root(RemoteId id, boolean isDone) {}

  public Optional<Root> find(TreeId tree, String path) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT remote_id, state FROM backup_roots WHERE tree = ? AND path = ?")
                .bind(0, tree.text())
                .bind(1, path)
                .map((row, c) -> new Root(new RemoteId(row.getString(1)), isDone(row.getString(2))))
                .findOne());
  }

  public void put(TreeId tree, String path, Root root) {
    database.write(
        handle -> {
          put(handle, tree, path, root);
          return null;
        });
  }

  public Optional<String> pathOf(TreeId tree, RemoteId id) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT path FROM backup_roots WHERE tree = ? AND remote_id = ?")
                .bind(0, tree.text())
                .bind(1, id.value())
                .mapTo(String.class)
                .findOne());
  }

  public void forget(TreeId tree, String path) {
    database.write(
        handle ->
            handle.execute(
                "DELETE FROM backup_roots WHERE tree = ? AND path = ?", tree.text(), path));
  }

  /** Up to where the remote was looked at; empty when nothing is known of the tree. */
  public Optional<String> mark(TreeId tree) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT token FROM backup_marks WHERE tree = ?")
                .bind(0, tree.text())
                .mapTo(String.class)
                .findOne());
  }

  public void setMark(TreeId tree, String token) {
    database.write(
        handle -> {
          setMark(handle, tree, token);
          return null;
        });
  }

  /** Lets the next backup look at all of the remote, as if nothing were known. */
  public void forgetMark(TreeId tree) {
    database.write(
        handle -> handle.execute("DELETE FROM backup_marks WHERE tree = ?", tree.text()));
  }

  public static void put(Handle handle, TreeId tree, String path, Root root) {
    handle.execute(
        "INSERT INTO backup_roots (tree, path, remote_id, state) VALUES (?, ?, ?, ?)"
            + " ON CONFLICT (tree, path) DO UPDATE SET remote_id = excluded.remote_id,"
            + " state = excluded.state",
        tree.text(),
        path,
        root.id().value(),
        root.isDone() ? "done" : "pending");
  }

  static void forgetAll(Handle handle, TreeId tree) {
    handle.execute("DELETE FROM backup_roots WHERE tree = ?", tree.text());
  }

  static void setMark(Handle handle, TreeId tree, String token) {
    handle.execute(
        "INSERT INTO backup_marks (tree, token) VALUES (?, ?)"
            + " ON CONFLICT (tree) DO UPDATE SET token = excluded.token",
        tree.text(),
        token);
  }

  private static boolean isDone(String state) {
    return state.equals("done");
  }
}
