package org.homeport.bridge.database;

import java.util.Set;
import java.util.stream.Stream;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Recognises a file that SQLite cannot use any more, and says what to do. */
final class Damaged {
  static final String REMEDY =
      "Stop the bridge, move the file with its -wal and -shm away, put the last copy in its place,"
          + " and start the bridge. Without a copy it begins with an empty database: see"
          + " docs/how-to/keep-the-state-safe.md.";

  private static final Set<SQLiteErrorCode> CODES =
      Set.of(
          SQLiteErrorCode.SQLITE_CORRUPT,
          SQLiteErrorCode.SQLITE_CORRUPT_INDEX,
          SQLiteErrorCode.SQLITE_CORRUPT_SEQUENCE,
          SQLiteErrorCode.SQLITE_CORRUPT_VTAB,
          SQLiteErrorCode.SQLITE_NOTADB);

  private Damaged() {}

  /** Tells whether damage is among the causes of a failure. */
  static boolean is(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .anyMatch(
            e -> e instanceof SQLiteException sqlite && CODES.contains(sqlite.getResultCode()));
  }
}
