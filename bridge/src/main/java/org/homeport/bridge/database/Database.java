package org.homeport.bridge.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;

/**
 * The memory of Homeport: transactions on SQLite or PostgreSQL, with the tables already in place.
 *
 * <p>There is one writer at a time, so whoever reads and then writes in one {@link #write} never
 * meets another writer half-way. Work must not call the database again from within.
 */
public final class Database implements AutoCloseable {
  private static final int READERS = 4;

  /** For what must be answered however busy the readers are: who is asking. */
  private static final int URGENT_READERS = 2;

  /** Any number will do, as long as nobody else uses it. */
  private static final long MIGRATING = 0x486f6d65706f7274L;

  private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(10);

  private final HikariDataSource writer;
  private final HikariDataSource readers;
  private final HikariDataSource urgentReaders;
  private final Jdbi writing;
  private final Jdbi reading;
  private final Jdbi readingUrgently;
  private final boolean isShared;

  private Database(HikariDataSource writer, String url) {
    this.isShared = !isFile(url);
    this.writer = writer;
    this.readers = pool("readers", url, READERS, true);
    this.urgentReaders = pool("urgent-readers", url, URGENT_READERS, true);
    this.writing = Jdbi.create(writer);
    this.reading = Jdbi.create(readers);
    this.readingUrgently = Jdbi.create(urgentReaders);
  }

  /**
   * Opens the database, makes it when it is missing, and brings its tables up to date.
   *
   * @param url a JDBC URL: {@code jdbc:sqlite:/path/to.db} or {@code jdbc:postgresql://…}
   */
  public static Database open(String url) {
    try {
      return opened(url);
    } catch (RuntimeException e) {
      if (Damaged.is(e)) {
        throw new IllegalStateException(
            "The database " + url + " is damaged. " + Damaged.REMEDY, e);
      }
      throw e;
    }
  }

  private static Database opened(String url) {
    var writer = pool("writer", url, 1, false);
    try {
      var database = new Database(writer, url);
      database.write(database::update);
      return database;
    } catch (RuntimeException e) {
      writer.close();
      throw e;
    }
  }

  private int update(Handle handle) {
    if (isShared) {
      // Bridges that start at the same time wait here; the lock ends with the transaction.
      handle.select("SELECT pg_advisory_xact_lock(?)", MIGRATING).mapToMap().list();
    }
    return Schema.update(handle, Migration.all());
  }

  /** Runs the work on one consistent state of the database; it must not write. */
  public <T> T read(Function<Handle, T> work) {
    return reading.inTransaction(work::apply);
  }

  /**
   * The same, on a connection that no long read can hold: for short work on which all else waits.
   */
  public <T> T readUrgently(Function<Handle, T> work) {
    return readingUrgently.inTransaction(work::apply);
  }

  /** Runs the work in one transaction: all of it is on disk when this returns, or none of it. */
  public <T> T write(Function<Handle, T> work) {
    return writing.inTransaction(work::apply);
  }

  /**
   * The time on which all bridges of this database agree.
   *
   * @param here the time of this machine, which has a database in a file for itself
   */
  public InstantSource time(InstantSource here) {
    return isShared ? this::serverTime : here;
  }

  private Instant serverTime() {
    return read(
        handle ->
            handle
                .createQuery("SELECT clock_timestamp()")
                .mapTo(OffsetDateTime.class)
                .one()
                .toInstant());
  }

  /** For a library that brings its own statements; it waits in line with all other writers. */
  public DataSource dataSource() {
    return writer;
  }

  /** Whether the database can be written, and so read, at this moment; writes to try it. */
  public boolean answers() {
    try {
      return write(
          handle ->
              handle.execute("UPDATE probe SET at = ? WHERE id = 1", Instant.now().toString())
                  == 1);
    } catch (RuntimeException e) {
      return false;
    }
  }

  @Override
  public void close() {
    readers.close();
    urgentReaders.close();
    writer.close();
  }

  private static HikariDataSource pool(String name, String url, int size, boolean readOnly) {
    var config = new HikariConfig();
    config.setPoolName(name);
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(1);
    config.setReadOnly(readOnly);
    if (isFile(url)) {
      config.setDataSource(sqlite(url, readOnly));
    } else {
      config.setJdbcUrl(url);
    }
    return new HikariDataSource(config);
  }

  private static boolean isFile(String url) {
    return url.startsWith("jdbc:sqlite:");
  }

  private static SQLiteDataSource sqlite(String url, boolean readOnly) {
    var config = new SQLiteConfig();
    config.enforceForeignKeys(true);
    config.setBusyTimeout((int) BUSY_TIMEOUT.toMillis());
    if (readOnly) {
      config.setReadOnly(true);
    } else {
      config.setJournalMode(JournalMode.WAL);
      config.setSynchronous(SynchronousMode.FULL);
      // A deferred transaction that reads and then writes fails when another wrote in between.
      config.setTransactionMode(TransactionMode.IMMEDIATE);
    }
    var source = new SQLiteDataSource(config);
    source.setUrl(url);
    return source;
  }

  /** Checks the JDBC URL of a database. */
  public static String url(String text) {
    if (!text.matches("jdbc:sqlite:/\\S+|jdbc:postgresql:\\S+")) {
      throw new IllegalArgumentException(
          "expected jdbc:sqlite:/absolute/path.db or jdbc:postgresql://host/database");
    }
    return text;
  }
}
