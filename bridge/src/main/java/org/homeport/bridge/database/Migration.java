package org.homeport.bridge.database;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/** One numbered file of {@code migration/}: a step in the history of the tables, never edited. */
record Migration(int version, String name, String sql) {
  private static final Pattern FILE = Pattern.compile("V(\\d{3})__(\\w+)\\.sql");

  /** The steps of this version of Homeport, oldest first. */
  static List<Migration> all() {
    try {
      var folder = Migration.class.getResource("migration").toURI();
      if (!folder.getScheme().equals("jar")) {
        return in(Path.of(folder));
      }
      try (var jar = FileSystems.newFileSystem(folder, Map.of())) {
        return in(jar.provider().getPath(folder));
      }
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException("The migrations cannot be read from Homeport's jar.", e);
    }
  }

  long checksum() {
    var crc = new CRC32();
    crc.update(sql.getBytes(StandardCharsets.UTF_8));
    return crc.getValue();
  }

  private static List<Migration> in(Path folder) throws IOException {
    var migrations = new ArrayList<Migration>();
    try (var files = Files.newDirectoryStream(folder, "*.sql")) {
      for (var file : files) {
        var name = FILE.matcher(file.getFileName().toString());
        if (!name.matches()) {
          throw new IllegalStateException("Not the name of a migration: " + file);
        }
        migrations.add(
            new Migration(Integer.parseInt(name.group(1)), name.group(2), Files.readString(file)));
      }
    }
    migrations.sort(Comparator.comparingInt(Migration::version));
    return List.copyOf(migrations);
  }
}
