package org.homeport.bridge.index;

import java.util.List;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.remote.RemoteId;
import org.homeport.bridge.tree.TreeId;

/** The SQL of which runs have their manifest at the remote. */
public final class ManifestTable {
  private final Database database;

  public ManifestTable(Database database) {
    this.database = database;
  }

  /** The last run whose manifest has arrived; 0 when none has. */
  public long last(TreeId tree) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT coalesce(max(number), 0) FROM backup_runs"
                        + " WHERE tree = ? AND manifested = 1")
                .bind(0, tree.text())
                .mapTo(Long.class)
                .one());
  }

  /** Remembers under which id a manifest is about to be sent. */
  public void reserve(TreeId tree, long run, RemoteId id) {
    database.write(
        handle ->
            handle.execute(
                "UPDATE backup_runs SET manifest_id = ? WHERE tree = ? AND number = ?",
                id.value(),
                tree.text(),
                run));
  }

  public void arrived(TreeId tree, long run) {
    database.write(
        handle ->
            handle.execute(
                "UPDATE backup_runs SET manifested = 1 WHERE tree = ? AND number = ?",
                tree.text(),
                run));
  }

  /** Manifests that were perhaps sent by runs that ended before they could note it. */
  public List<RemoteId> doubtful(TreeId tree) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT manifest_id FROM backup_runs"
                        + " WHERE tree = ? AND manifested = 0 AND manifest_id IS NOT NULL")
                .bind(0, tree.text())
                .map((row, context) -> new RemoteId(row.getString(1)))
                .list());
  }

  /** Forgets all manifests: they are not where the next run goes to. */
  public void forgetAll(TreeId tree) {
    database.write(
        handle ->
            handle.execute(
                "UPDATE backup_runs SET manifest_id = NULL, manifested = 0 WHERE tree = ?",
                tree.text()));
  }

  public void forgetDoubtful(TreeId tree) {
    database.write(
        handle ->
            handle.execute(
                "UPDATE backup_runs SET manifest_id = NULL WHERE tree = ? AND manifested = 0",
                tree.text()));
  }
}
