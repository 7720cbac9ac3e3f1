package org.homeport.bridge.index;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.homeport.bridge.index.IndexEntry.Glimpse;
import org.homeport.bridge.index.IndexEntry.Kind;
import org.homeport.bridge.index.IndexEntry.Saved;
import org.homeport.bridge.index.IndexEntry.Stat;
import org.homeport.bridge.index.IndexEntry.State;
import org.homeport.bridge.remote.Md5;
import org.homeport.bridge.remote.RemoteId;
import org.homeport.bridge.tree.TreeId;
import org.homeport.spawn.text.Spelling;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatements;

/**
 * Translates between rows and entries. Rows are read by position: a big home has many, and looking
 * up the names takes longer.
 */
final class EntryRow {
  /** The columns of entries and history alike. */
  static final String VISIBLE =
      "folder, name, kind, remote_id, size, mtime, mode, md5, version, target, first_run";

  /** The columns of entries. */
  static final String ALL = VISIBLE + ", state, ctime, inode";

  /** The columns that {@link #glimpse} reads. */
  static final String GLIMPSE =
      "name, CASE kind WHEN 'file' THEN 0 WHEN 'folder' THEN 1 ELSE 2 END,"
          + " state, size, mtime, ctime, inode, mode, target";

  private static final Kind[] KINDS = {Kind.FILE, Kind.FOLDER, Kind.LINK};

  private EntryRow() {}

  /** Reads a row of {@link #ALL} columns. */
  static IndexEntry current(ResultSet row) throws SQLException {
    return entry(row, state(row.getString(12)), row.getLong(13), row.getLong(14));
  }

  /** Reads a row of {@link #VISIBLE} columns: what a run had saved. */
  static IndexEntry saved(ResultSet row) throws SQLException {
    return entry(row, State.DONE, 0, 0);
  }

  static Glimpse glimpse(ResultSet row) throws SQLException {
    return new Glimpse(
        row.getString(1),
        KINDS[row.getInt(2)],
        state(row.getString(3)),
        new Stat(row.getLong(4), row.getLong(5), row.getLong(6), row.getLong(7)),
        row.getInt(8),
        Optional.ofNullable(row.getString(9)));
  }

  static PreparedBatch bind(PreparedBatch batch, TreeId tree, IndexEntry entry) {
    return batch
        .configure(SqlStatements.class, statements -> statements.setUnusedBindingAllowed(true))
        .bind("tree", tree.text())
        .bind("folder", entry.folder())
        .bind("name", entry.name())
        .bind("kind", Spelling.of(entry.kind()))
        .bind("id", entry.id().map(RemoteId::value).orElse(null))
        .bind("size", entry.stat().size())
        .bind("mtime", entry.stat().mtime())
        .bind("mode", entry.mode())
        .bind("md5", entry.content().map(saved -> saved.md5().hex()).orElse(null))
        .bind("version", entry.content().map(Saved::version).orElse(null))
        .bind("target", entry.target().orElse(null))
        .bind("run", entry.firstRun())
        .bind("state", Spelling.of(entry.state()))
        .bind("ctime", entry.stat().ctime())
        .bind("inode", entry.stat().inode());
  }

  private static IndexEntry entry(ResultSet row, State state, long ctime, long inode)
      throws SQLException {
    var md5 = row.getString(8);
    return new IndexEntry(
        row.getString(1),
        row.getString(2),
        kind(row.getString(3)),
        state,
        Optional.ofNullable(row.getString(4)).map(RemoteId::new),
        new Stat(row.getLong(5), row.getLong(6), ctime, inode),
        row.getInt(7),
        md5 == null ? Optional.empty() : Optional.of(new Saved(new Md5(md5), row.getString(9))),
        Optional.ofNullable(row.getString(10)),
        row.getLong(11));
  }

  private static Kind kind(String text) {
    return switch (text) {
      case "file" -> Kind.FILE;
      case "folder" -> Kind.FOLDER;
      default -> Kind.LINK;
    };
  }

  private static State state(String text) {
    return text.equals("done") ? State.DONE : State.PENDING;
  }
}
