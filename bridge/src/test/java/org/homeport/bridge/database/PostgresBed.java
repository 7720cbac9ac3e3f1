package org.homeport.bridge.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A real PostgreSQL on a free port, gone afterwards; a new database at every call. */
final class PostgresBed implements AutoCloseable {
  private static final Path PROGRAMS = Path.of("/usr/lib/postgresql");

  private final AtomicInteger databases = new AtomicInteger();
  private final Path folder;
  private final Path programs;
  private final int port;

  PostgresBed() {
    try (var socket = new ServerSocket(0);
        var versions = Files.list(PROGRAMS)) {
      programs = versions.findFirst().orElseThrow().resolve("bin");
      port = socket.getLocalPort();
      folder = Files.createTempDirectory(Path.of("/var/tmp"), "homeport-postgres-");
    } catch (IOException e) {
      throw new AssertionError("PostgreSQL is missing: apt-get install postgresql", e);
    }
    run("chown", "postgres", folder.toString());
    asPostgres("initdb", "--auth=trust", "--no-sync", "--pgdata", folder + "/data");
    asPostgres(
        "pg_ctl",
        "--pgdata=" + folder + "/data",
        "--log=" + folder + "/log",
        "--options=-h 127.0.0.1 -p %d -k %s -F".formatted(port, folder),
        "--wait",
        "start");
  }

  /** The JDBC URL of a database that is empty. */
  String emptyDatabase() {
    return copyOf(url("template1"));
  }

  /** The JDBC URL of a copy of a database that nobody has open. */
  String copyOf(String original) {
    var template = original.replaceFirst(".*/(.*)\\?.*", "$1");
    var name = "homeport" + databases.incrementAndGet();
    try (var connection = DriverManager.getConnection(url("postgres"));
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name + " TEMPLATE " + template);
      return url(name);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private String url(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s?user=postgres".formatted(port, database);
  }

  @Override
  public void close() {
    asPostgres("pg_ctl", "--pgdata=" + folder + "/data", "--mode=immediate", "stop");
    run("rm", "-r", folder.toString());
  }

  /** It refuses to run as root. */
  private void asPostgres(String program, String... arguments) {
    var command = List.of("runuser", "-u", "postgres", "--", programs.resolve(program).toString());
    run(Stream.concat(command.stream(), Stream.of(arguments)).toArray(String[]::new));
  }

  private void run(String... command) {
    try {
      // Into a file: the server that stays behind holds on to its outputs.
      var output = folder.resolveSibling(folder.getFileName() + ".out");
      var process =
          new ProcessBuilder(command)
              .directory(folder.getParent().toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      var exitCode = process.waitFor();
      var said = Files.readString(output);
      Files.delete(output);
      if (exitCode != 0) {
        throw new AssertionError(String.join(" ", command) + "\n" + said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
