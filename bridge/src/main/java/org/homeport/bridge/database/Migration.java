package org.homeport.bridge.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/** One numbered file of {@code migration/}: a step in the history of the tables, never edited. */
record Migration(int version, String name, String sql) {
  private static final Pattern FILE = Pattern.compile("V(\\d{3})__(\\w+)\\.sql");

  /** The steps of this version of Homeport, oldest first. */
  static List<Migration> all() {
    try {
      return names(Migration.class.getResource("migration")).stream()
          .map(Migration::read)
          .sorted(Comparator.comparingInt(Migration::version))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long checksum() {
    var crc = new CRC32();
    crc.update(sql.getBytes(StandardCharsets.UTF_8));
    return crc.getValue();
  }

  private static List<String> names(URL folder) throws IOException {
    if (folder.openConnection() instanceof JarURLConnection jar) {
      // The class path's own view of the jar; a file system on it would read its whole index again.
      var prefix = Migration.class.getPackageName().replace('.', '/') + "/migration/";
      return jar.getJarFile().stream()
          .map(entry -> entry.getName())
          .filter(name -> name.startsWith(prefix) && name.endsWith(".sql"))
          .map(name -> name.substring(prefix.length()))
          .toList();
    }
    try (var files = Files.list(Path.of(URI.create(folder.toString())))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static Migration read(String file) {
    var name = FILE.matcher(file);
    if (!name.matches()) {
      throw new IllegalStateException("Not the name of a migration: " + file);
    }
    try (var sql = Migration.class.getResourceAsStream("migration/" + file)) {
      return new Migration(
          Integer.parseInt(name.group(1)),
          name.group(2),
          new String(sql.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
