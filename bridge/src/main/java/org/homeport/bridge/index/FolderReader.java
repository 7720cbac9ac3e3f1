package org.homeport.bridge.index;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.homeport.bridge.index.IndexEntry.Glimpse;
import org.homeport.bridge.tree.TreeId;

/** Reads one folder of a tree after the other with the same statements: a big home has many. */
public final class FolderReader implements AutoCloseable {
  /** So many rows PostgreSQL hands over at a time; otherwise it would be all of them. */
  private static final int FETCH_SIZE = 1000;

  private final PreparedStatement select;
  private final PreparedStatement find;
  private final PreparedStatement glance;

  FolderReader(Connection connection, TreeId tree) {
    try {
      select = select(connection, tree, EntryRow.ALL, "LIMIT ?");
      find = select(connection, tree, EntryRow.ALL, "AND name = ?");
      glance = select(connection, tree, EntryRow.GLIMPSE, "LIMIT ?");
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  /** The entries of a folder, by name; of a folder with more than that any of them. */
  public Map<String, IndexEntry> in(String folder, int atMost) {
    var entries = new HashMap<String, IndexEntry>();
    each(folder, atMost, entry -> entries.put(entry.name(), entry));
    return entries;
  }

  /** Hands over all that the index has in a folder, a few in memory at a time. */
  public void each(String folder, Consumer<IndexEntry> consumer) {
    each(folder, Integer.MAX_VALUE, consumer);
  }

  public Optional<IndexEntry> find(String folder, String name) {
    try {
      find.setString(2, folder);
      find.setString(3, name);
      try (var rows = find.executeQuery()) {
        return rows.next() ? Optional.of(EntryRow.current(rows)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  /** Only how the tree had what is in a folder: a third of the work, and nearly always enough. */
  public List<Glimpse> glance(String folder, int atMost) {
    try {
      glance.setString(2, folder);
      glance.setInt(3, atMost);
      var seen = new ArrayList<Glimpse>();
      try (var rows = glance.executeQuery()) {
        while (rows.next()) {
          seen.add(EntryRow.glimpse(rows));
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

  private void each(String folder, int atMost, Consumer<IndexEntry> consumer) {
    try {
      select.setString(2, folder);
      select.setInt(3, atMost);
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          consumer.accept(EntryRow.current(rows));
        }
      }
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

  private static IllegalStateException unreadable(SQLException e) {
    return new IllegalStateException("The index of the backups cannot be read.", e);
  }
}
