package org.homeport.bridge.backup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.homeport.bridge.backup.IndexEntry.Kind;
import org.homeport.bridge.backup.IndexEntry.Saved;
import org.homeport.bridge.backup.IndexEntry.Stat;
import org.homeport.bridge.backup.IndexEntry.State;
import org.homeport.spawn.identity.HubUser;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatements;

/** The SQL of the index: what of each home is at the far end, and what it was before. */
final class EntryTable {
  private static final String VISIBLE =
      "folder, name, kind, remote_id, size, mtime, mode, md5, version, target, first_run";
  private static final String ALL = VISIBLE + ", state, ctime, inode";

  private EntryTable() {}

  /** Reads one folder after the other with one statement: a big home has many. */
  static final class Folders implements AutoCloseable {
    private final PreparedStatement select;

    Folders(Connection connection, HubUser user) {
      try {
        select =
            connection.prepareStatement(
                "SELECT " + ALL + " FROM backup_entries WHERE user_name = ? AND folder = ?");
        select.setString(1, user.name());
      } catch (SQLException e) {
        throw unreadable(e);
      }
    }

    /** What the index has in a folder, by name. */
    Map<String, IndexEntry> in(String folder) {
      try {
        select.setString(2, folder);
        var entries = new HashMap<String, IndexEntry>();
        try (var rows = select.executeQuery()) {
          while (rows.next()) {
            var entry = current(rows);
            entries.put(entry.name(), entry);
          }
        }
        return entries;
      } catch (SQLException e) {
        throw unreadable(e);
      }
    }

    @Override
    public void close() {
      try {
        select.close();
      } catch (SQLException e) {
        throw unreadable(e);
      }
    }

    private static IllegalStateException unreadable(SQLException e) {
      return new IllegalStateException("The index of the backups cannot be read.", e);
    }
  }

  static Optional<IndexEntry> find(Handle handle, HubUser user, String path) {
    return handle
        .createQuery(
            "SELECT "
                + ALL
                + " FROM backup_entries"
                + " WHERE user_name = :user AND folder = :folder AND name = :name")
        .bind("user", user.name())
        .bind("folder", Paths.folder(path))
        .bind("name", Paths.name(path))
        .map((row, context) -> current(row))
        .findOne();
  }

  static void each(Handle handle, HubUser user, Consumer<IndexEntry> consumer) {
    handle
        .createQuery("SELECT " + ALL + " FROM backup_entries WHERE user_name = :user")
        .bind("user", user.name())
        .map((row, context) -> current(row))
        .forEach(consumer);
  }

  static long countFiles(Handle handle, HubUser user) {
    return handle
        .createQuery(
            "SELECT count(*) FROM backup_entries WHERE user_name = :user AND kind = 'file'")
        .bind("user", user.name())
        .mapTo(Long.class)
        .one();
  }

  /** All that the index has in a folder, at any depth, without the folder itself. */
  static List<IndexEntry> below(Handle handle, HubUser user, String folder) {
    // Not LIKE and not a range: the one would need escapes, the other depends on the collation.
    return handle
        .createQuery(
            "SELECT "
                + ALL
                + " FROM backup_entries WHERE user_name = :user"
                + " AND (folder = :folder OR substr(folder, 1, length(:inside)) = :inside)")
        .bind("user", user.name())
        .bind("folder", folder)
        .bind("inside", folder + "/")
        .map((row, context) -> current(row))
        .list();
  }

  /** What the home was in a run: every entry that held in it, in no order. */
  static List<IndexEntry> asOf(Handle handle, HubUser user, long run) {
    return handle
        .createQuery(
            "SELECT "
                + VISIBLE
                + " FROM backup_entries WHERE user_name = :user"
                + " AND first_run <= :run AND (version IS NOT NULL OR kind <> 'file')"
                + " UNION ALL SELECT "
                + VISIBLE
                + " FROM backup_history WHERE user_name = :user"
                + " AND first_run <= :run AND end_run > :run")
        .bind("user", user.name())
        .bind("run", run)
        .map((row, context) -> entry(row, State.DONE, 0, 0))
        .list();
  }

  /** The paths of what changed or ended after a run. */
  static Set<String> endedAfter(Handle handle, HubUser user, long run) {
    return handle
        .createQuery(
            "SELECT DISTINCT folder, name FROM backup_history"
                + " WHERE user_name = :user AND end_run > :run")
        .bind("user", user.name())
        .bind("run", run)
        .map((row, context) -> Paths.join(row.getString(1), row.getString(2)))
        .collect(Collectors.toCollection(HashSet::new));
  }

  static void put(Handle handle, HubUser user, List<IndexEntry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    var batch =
        handle.prepareBatch(
            "INSERT INTO backup_entries (user_name, "
                + ALL
                + ") VALUES (:user, :folder, :name,"
                + " :kind, :id, :size, :mtime, :mode, :md5, :version, :target, :run, :state,"
                + " :ctime, :inode) ON CONFLICT (user_name, folder, name) DO UPDATE SET"
                + " kind = excluded.kind, remote_id = excluded.remote_id, size = excluded.size,"
                + " mtime = excluded.mtime, mode = excluded.mode, md5 = excluded.md5,"
                + " version = excluded.version, target = excluded.target,"
                + " first_run = excluded.first_run, state = excluded.state,"
                + " ctime = excluded.ctime, inode = excluded.inode");
    entries.forEach(entry -> bound(batch, user, entry).add());
    batch.execute();
  }

  /** Remembers what entries were before a run changed or ended them. Repeatable. */
  static void end(Handle handle, HubUser user, List<IndexEntry> before, long run) {
    var ended = before.stream().filter(entry -> wasEver(entry) && entry.firstRun() < run).toList();
    if (ended.isEmpty()) {
      return;
    }
    var batch =
        handle.prepareBatch(
            "INSERT INTO backup_history (user_name, "
                + VISIBLE
                + ", end_run) VALUES (:user,"
                + " :folder, :name, :kind, :id, :size, :mtime, :mode, :md5, :version, :target,"
                + " :run, :end) ON CONFLICT (user_name, folder, name, end_run) DO NOTHING");
    ended.forEach(entry -> bound(batch, user, entry).bind("end", run).add());
    batch.execute();
  }

  static void delete(Handle handle, HubUser user, List<IndexEntry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    var batch =
        handle.prepareBatch(
            "DELETE FROM backup_entries WHERE user_name = ? AND folder = ? AND name = ?");
    entries.forEach(entry -> batch.add(user.name(), entry.folder(), entry.name()));
    batch.execute();
  }

  private static PreparedBatch bound(PreparedBatch batch, HubUser user, IndexEntry entry) {
    return batch
        .configure(SqlStatements.class, statements -> statements.setUnusedBindingAllowed(true))
        .bind("user", user.name())
        .bind("folder", entry.folder())
        .bind("name", entry.name())
        .bind("kind", lower(entry.kind()))
        .bind("id", entry.id().map(RemoteId::value).orElse(null))
        .bind("size", entry.stat().size())
        .bind("mtime", entry.stat().mtime())
        .bind("mode", entry.mode())
        .bind("md5", entry.content().map(saved -> saved.md5().hex()).orElse(null))
        .bind("version", entry.content().map(Saved::version).orElse(null))
        .bind("target", entry.target().orElse(null))
        .bind("run", entry.firstRun())
        .bind("state", lower(entry.state()))
        .bind("ctime", entry.stat().ctime())
        .bind("inode", entry.stat().inode());
  }

  /** A file that the far end never confirmed was in no run. */
  private static boolean wasEver(IndexEntry entry) {
    return entry.kind() != Kind.FILE || entry.content().isPresent();
  }

  private static IndexEntry current(ResultSet row) throws SQLException {
    return entry(
        row,
        row.getString("state").equals("done") ? State.DONE : State.PENDING,
        row.getLong("ctime"),
        row.getLong("inode"));
  }

  private static IndexEntry entry(ResultSet row, State state, long ctime, long inode)
      throws SQLException {
    var md5 = row.getString("md5");
    return new IndexEntry(
        row.getString("folder"),
        row.getString("name"),
        kind(row.getString("kind")),
        state,
        Optional.ofNullable(row.getString("remote_id")).map(RemoteId::new),
        new Stat(row.getLong("size"), row.getLong("mtime"), ctime, inode),
        row.getInt("mode"),
        md5 == null
            ? Optional.empty()
            : Optional.of(new Saved(new Md5(md5), row.getString("version"))),
        Optional.ofNullable(row.getString("target")),
        row.getLong("first_run"));
  }

  private static Kind kind(String text) {
    return switch (text) {
      case "file" -> Kind.FILE;
      case "folder" -> Kind.FOLDER;
      default -> Kind.LINK;
    };
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
