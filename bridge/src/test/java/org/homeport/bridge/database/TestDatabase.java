package org.homeport.bridge.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where tests keep what Homeport remembers: in a file of SQLite, or, with {@code
 * -Dhomeport.test.database=postgresql}, in a database of a real PostgreSQL.
 *
 * <p>Tests ask for their database here, and the build runs those that are marked with {@link
 * OnBothDatabases} once on each.
 */
public final class TestDatabase {
  private static final String PROPERTY = "homeport.test.database";
  private static final String WHERE = System.getProperty(PROPERTY, "sqlite");
  private static final Map<Path, String> URLS = new ConcurrentHashMap<>();

  private TestDatabase() {}

  /** Opens the database that the file stands for: empty at first, the same one at each call. */
  public static Database open(Path file) {
    return Database.open(url(file));
  }

  /** The JDBC URL of that database. */
  public static String url(Path file) {
    return switch (WHERE) {
      case "sqlite" -> "jdbc:sqlite:" + file;
      case "postgresql" -> URLS.computeIfAbsent(file, made -> Server.BED.emptyDatabase());
      default -> WHERE;
    };
  }

  /** The option of a Java process whose tests shall find that database whatever they ask for. */
  public static String option(Path file) {
    return "-D" + PROPERTY + "=" + url(file);
  }

  /** The database that the file stands for is gone; the next one is empty. Nobody has it open. */
  public static void lose(Path file) {
    URLS.remove(file);
    try {
      for (var suffix : List.of("", "-wal", "-shm")) {
        Files.deleteIfExists(Path.of(file + suffix));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes a copy of a database that nobody has open, in place of the other one. */
  public static void copy(Path file, Path other) {
    lose(other);
    try {
      if (WHERE.equals("postgresql")) {
        URLS.put(other, Server.BED.copyOf(url(file)));
      } else {
        Files.copy(file, other);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts with the first test that needs it, and ends with the last one. */
  private static final class Server {
    static final PostgresBed BED = new PostgresBed();

    static {
      Runtime.getRuntime().addShutdownHook(new Thread(BED::close));
    }
  }
}
