package org.homeport.bridge.index;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.homeport.bridge.backup.Rebuild;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.index.IndexEntry.Glimpse;
import org.homeport.bridge.index.IndexEntry.Kind;
import org.homeport.bridge.index.IndexEntry.Saved;
import org.homeport.bridge.index.IndexEntry.Stat;
import org.homeport.bridge.index.IndexEntry.State;
import org.homeport.bridge.remote.Md5;
import org.homeport.bridge.remote.RemoteId;
import org.homeport.bridge.run.RunTable;
import org.homeport.bridge.tree.TreeId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatements;

/** The SQL of the index: what of each home is at the far end, and what it was before. */
public final class EntryTable {
  // Rows are read by position: a big home has many, and looking up the names takes longer.
  private static final String VISIBLE =
      "folder, name, kind, remote_id, size, mtime, mode, md5, version, target, first_run";
  private static final String ALL = VISIBLE + ", state, ctime, inode";

  /** So many rows PostgreSQL hands over at a time; otherwise it would be all of them. */
  private static final int FETCH_SIZE = 1000;

  private final Database database;

  public EntryTable(Database database) {
    this.database = database;
  }

  /** Reads one folder after the other with the same statements: a big home has many. */
  public static final class Folders implements AutoCloseable {
    private static final Kind[] KINDS = {Kind.FILE, Kind.FOLDER, Kind.LINK};

    private final PreparedStatement select;
    private final PreparedStatement find;
    private final PreparedStatement glance;

    Folders(Connection connection, TreeId tree) {
      try {
        select = select(connection, tree, ALL, "LIMIT ?");
        find = select(connection, tree, ALL, "AND name = ?");
        glance =
            select(
                connection,
                tree,
                "name, CASE kind WHEN 'file' THEN 0 WHEN 'folder' THEN 1 ELSE 2 END,"
                    + " state, size, mtime, ctime, inode, mode, target",
                "LIMIT ?");
      } catch (SQLException e) {
        throw unreadable(e);
      }
    }

    private static PreparedStatement select(
        Connection connection, TreeId tree, String columns, String more) throws SQLException {
      var statement =
          connection.prepareStatement(
              "SELECT %s FROM backup_entries WHERE tree = ? AND folder = ? %s"
                  .formatted(columns, more));
      statement.setString(1, tree.text());
      statement.setFetchSize(FETCH_SIZE);
      return statement;
    }

    /** What the index has in a folder, by name; of a folder with more than that any of it. */
    public Map<String, IndexEntry> in(String folder, int atMost) {
      var entries = new HashMap<String, IndexEntry>();
      each(folder, atMost, entry -> entries.put(entry.name(), entry));
      return entries;
    }

    /** Hands over all that the index has in a folder, a few in memory at a time. */
    public void each(String folder, Consumer<IndexEntry> consumer) {
      each(folder, Integer.MAX_VALUE, consumer);
    }

    private void each(String folder, int atMost, Consumer<IndexEntry> consumer) {
      try {
        select.setString(2, folder);
        select.setInt(3, atMost);
        try (var rows = select.executeQuery()) {
          while (rows.next()) {
            consumer.accept(current(rows));
          }
        }
      } catch (SQLException e) {
        throw unreadable(e);
      }
    }

    public Optional<IndexEntry> find(String folder, String name) {
      try {
        find.setString(2, folder);
        find.setString(3, name);
        try (var rows = find.executeQuery()) {
          return rows.next() ? Optional.of(current(rows)) : Optional.empty();
        }
      } catch (SQLException e) {
        throw unreadable(e);
      }
    }

    /** Only how the home had what is in a folder: a third of the work, and nearly always enough. */
    public List<Glimpse> glance(String folder, int atMost) {
      try {
        glance.setString(2, folder);
        glance.setInt(3, atMost);
        var seen = new ArrayList<Glimpse>();
        try (var rows = glance.executeQuery()) {
          while (rows.next()) {
            seen.add(
                new Glimpse(
                    rows.getString(1),
                    KINDS[rows.getInt(2)],
                    state(rows.getString(3)),
                    new Stat(rows.getLong(4), rows.getLong(5), rows.getLong(6), rows.getLong(7)),
                    rows.getInt(8),
                    Optional.ofNullable(rows.getString(9))));
          }
        }
        return seen;
      } catch (SQLException e) {
        throw unreadable(e);
      }
    }

    @Override
    public void close() {
      try {
        select.close();
        find.close();
        glance.close();
      } catch (SQLException e) {
        throw unreadable(e);
      }
    }

    private static IllegalStateException unreadable(SQLException e) {
      return new IllegalStateException("The index of the backups cannot be read.", e);
    }
  }

  /** Reads folder after folder, on one consistent state of the index. */
  public void read(TreeId tree, Consumer<Folders> reader) {
    database.read(
        handle -> {
          try (var folders = new Folders(handle.getConnection(), tree)) {
            reader.accept(folders);
          }
          return null;
        });
  }

  public Optional<IndexEntry> find(TreeId tree, String path) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT %s FROM backup_entries WHERE tree = :tree AND folder = :folder AND name = :name"
                        .formatted(ALL))
                .bind("tree", tree.text())
                .bind("folder", Paths.folder(path))
                .bind("name", Paths.name(path))
                .map((row, context) -> current(row))
                .findOne());
  }

  public void each(TreeId tree, Consumer<IndexEntry> consumer) {
    database.read(
        handle -> {
          handle
              .createQuery("SELECT %s FROM backup_entries WHERE tree = :tree".formatted(ALL))
              .bind("tree", tree.text())
              .map((row, context) -> current(row))
              .forEach(consumer);
          return null;
        });
  }

  public long countFiles(TreeId tree) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT count(*) FROM backup_entries WHERE tree = :tree AND kind = 'file'")
                .bind("tree", tree.text())
                .mapTo(Long.class)
                .one());
  }

  /** What the home was in a run: every entry that held in it, in no order. */
  public List<IndexEntry> asOf(TreeId tree, long run) {
    return saved(tree, "first_run <= :run", "AND end_run > :run", Map.of("run", run));
  }

  /** What an entry was in all runs, in no order. */
  List<IndexEntry> versions(TreeId tree, String path) {
    var where = Map.<String, Object>of("folder", Paths.folder(path), "name", Paths.name(path));
    return saved(tree, "folder = :folder AND name = :name", "", where);
  }

  /** The last change of any file, in nanoseconds since 1970; 0 without any. */
  long lastChange(TreeId tree) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT COALESCE(max(mtime), 0) FROM backup_entries WHERE tree = :tree")
                .bind("tree", tree.text())
                .mapTo(Long.class)
                .one());
  }

  /** What is at the far end since after a run as it is. */
  public List<IndexEntry> doneAfter(TreeId tree, long run) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    ("SELECT %s FROM backup_entries"
                            + " WHERE tree = :tree AND first_run > :run AND state = 'done'")
                        .formatted(ALL))
                .bind("tree", tree.text())
                .bind("run", run)
                .map((row, context) -> current(row))
                .list());
  }

  /** The paths of what ended after a run, and did not come back. */
  public List<String> goneAfter(TreeId tree, long run) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT DISTINCT folder, name FROM backup_history ended"
                        + " WHERE tree = :tree AND end_run > :run AND NOT EXISTS"
                        + " (SELECT 1 FROM backup_entries entry WHERE entry.tree = :tree"
                        + " AND entry.folder = ended.folder AND entry.name = ended.name)")
                .bind("tree", tree.text())
                .bind("run", run)
                .map((row, context) -> Paths.join(row.getString(1), row.getString(2)))
                .list());
  }

  /** The ids of all that the home had once and has no more, or otherwise. */
  public Set<RemoteId> everHad(TreeId tree) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT DISTINCT remote_id FROM backup_history"
                        + " WHERE tree = ? AND remote_id IS NOT NULL")
                .bind(0, tree.text())
                .mapTo(String.class)
                .map(RemoteId::new)
                .set());
  }

  /** Writes what entries are from a run on, and remembers what they were. */
  public void confirm(TreeId tree, long run, List<IndexEntry> before, List<IndexEntry> now) {
    database.write(
        handle -> {
          end(handle, tree, before, run);
          put(handle, tree, now);
          return null;
        });
  }

  /** Ends entries, with all that lies in them, and remembers what they were. */
  public void remove(TreeId tree, long run, List<IndexEntry> entries) {
    database.write(
        handle -> {
          for (var entry : entries) {
            var all = withBelow(handle, tree, entry);
            end(handle, tree, all, run);
            delete(handle, tree, all);
          }
          return null;
        });
  }

  /**
   * Writes down what a look at the far end found, and up to where it looked.
   *
   * @param lost is at the far end no more, in no version
   */
  public void reviewed(TreeId tree, List<IndexEntry> lost, List<IndexEntry> changed, String mark) {
    database.write(
        handle -> {
          lost.forEach(entry -> delete(handle, tree, withBelow(handle, tree, entry)));
          put(handle, tree, changed);
          RootTable.setMark(handle, tree, mark);
          return null;
        });
  }

  /** Writes all that was learned from the far end, in place of what was believed before. */
  public void rebuilt(TreeId tree, Rebuild.Learned learned) {
    database.write(
        handle -> {
          handle.execute("DELETE FROM backup_entries WHERE tree = ?", tree.text());
          RootTable.forgetAll(handle, tree);
          learned.runs().forEach(run -> RunTable.insertUnlessKnown(handle, run));
          learned.roots().forEach((path, root) -> RootTable.put(handle, tree, path, root));
          put(handle, tree, learned.live());
          learned.ended().forEach(e -> end(handle, tree, List.of(e.entry()), e.run()));
          RootTable.setMark(handle, tree, learned.mark());
          return null;
        });
  }

  private List<IndexEntry> saved(
      TreeId tree, String where, String alsoInHistory, Map<String, ?> values) {
    var sql =
        "SELECT %1$s FROM backup_entries WHERE tree = :tree AND %2$s"
            + " AND (version IS NOT NULL OR kind <> 'file')"
            + " UNION ALL SELECT %1$s FROM backup_history WHERE tree = :tree AND %2$s %3$s";
    return database.read(
        handle ->
            handle
                .createQuery(sql.formatted(VISIBLE, where, alsoInHistory))
                .bind("tree", tree.text())
                .bindMap(values)
                .map((row, context) -> entry(row, State.DONE, 0, 0))
                .list());
  }

  private static List<IndexEntry> withBelow(Handle handle, TreeId tree, IndexEntry entry) {
    if (entry.kind() != Kind.FOLDER) {
      return List.of(entry);
    }
    // Not LIKE and not a range: the one would need escapes, the other depends on the collation.
    var all =
        handle
            .createQuery(
                ("SELECT %s FROM backup_entries WHERE tree = :tree"
                        + " AND (folder = :folder OR substr(folder, 1, length(:inside)) = :inside)")
                    .formatted(ALL))
            .bind("tree", tree.text())
            .bind("folder", entry.path())
            .bind("inside", entry.path() + "/")
            .map((row, context) -> current(row))
            .list();
    all.add(entry);
    return all;
  }

  private static void put(Handle handle, TreeId tree, List<IndexEntry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    var batch =
        handle.prepareBatch(
            "INSERT INTO backup_entries (tree, "
                + ALL
                + ") VALUES (:tree, :folder, :name,"
                + " :kind, :id, :size, :mtime, :mode, :md5, :version, :target, :run, :state,"
                + " :ctime, :inode) ON CONFLICT (tree, folder, name) DO UPDATE SET"
                + " kind = excluded.kind, remote_id = excluded.remote_id, size = excluded.size,"
                + " mtime = excluded.mtime, mode = excluded.mode, md5 = excluded.md5,"
                + " version = excluded.version, target = excluded.target,"
                + " first_run = excluded.first_run, state = excluded.state,"
                + " ctime = excluded.ctime, inode = excluded.inode");
    entries.forEach(entry -> bound(batch, tree, entry).add());
    batch.execute();
  }

  /** Remembers what entries were before a run changed or ended them. Repeatable. */
  private static void end(Handle handle, TreeId tree, List<IndexEntry> before, long run) {
    var ended = before.stream().filter(entry -> wasEver(entry) && entry.firstRun() < run).toList();
    if (ended.isEmpty()) {
      return;
    }
    var batch =
        handle.prepareBatch(
            "INSERT INTO backup_history (tree, "
                + VISIBLE
                + ", end_run) VALUES (:tree,"
                + " :folder, :name, :kind, :id, :size, :mtime, :mode, :md5, :version, :target,"
                + " :run, :end) ON CONFLICT (tree, folder, name, end_run) DO NOTHING");
    ended.forEach(entry -> bound(batch, tree, entry).bind("end", run).add());
    batch.execute();
  }

  private static void delete(Handle handle, TreeId tree, List<IndexEntry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    var batch =
        handle.prepareBatch(
            "DELETE FROM backup_entries WHERE tree = ? AND folder = ? AND name = ?");
    entries.forEach(entry -> batch.add(tree.text(), entry.folder(), entry.name()));
    batch.execute();
  }

  private static PreparedBatch bound(PreparedBatch batch, TreeId tree, IndexEntry entry) {
    return batch
        .configure(SqlStatements.class, statements -> statements.setUnusedBindingAllowed(true))
        .bind("tree", tree.text())
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
    return entry(row, state(row.getString(12)), row.getLong(13), row.getLong(14));
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

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
