package org.homeport.bridge.home;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.homeport.bridge.database.Database;
import org.homeport.spawn.home.EnvironmentLedger;
import org.homeport.spawn.identity.HubUser;
import org.homeport.spawn.image.ImageName;

/** The table {@code environment_folders}. */
public final class EnvironmentTable implements EnvironmentLedger {
  private final Database database;

  public EnvironmentTable(Database database) {
    this.database = database;
  }

  @Override
  public Map<ImageName, String> foldersOf(HubUser user) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT image, folder FROM environment_folders WHERE user_name = :user"
                        + " ORDER BY image")
                .bind("user", user.name())
                .reduceRows(
                    new LinkedHashMap<>(),
                    (folders, row) -> {
                      var image = ImageName.of(row.getColumn("image", String.class));
                      folders.put(image, row.getColumn("folder", String.class));
                      return folders;
                    }));
  }

  @Override
  public boolean claim(HubUser user, ImageName image, String folder) {
    var inserted =
        database.write(
            handle ->
                handle.execute(
                    "INSERT INTO environment_folders (user_name, image, folder) VALUES (?, ?, ?)"
                        + " ON CONFLICT DO NOTHING",
                    user.name(),
                    image.name(),
                    folder));
    return inserted == 1;
  }

  /** Forgets the folders of a user, and what was seeded into them. */
  void forget(HubUser user) {
    database.write(
        handle -> {
          for (var table : List.of("environment_folders", "seeded_folders", "seed_runs")) {
            handle.execute("DELETE FROM " + table + " WHERE user_name = ?", user.name());
          }
          return null;
        });
  }

  /** Every user who ever started a server here, by name. */
  List<HubUser> users() {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT DISTINCT user_name FROM environment_folders ORDER BY 1")
                .mapTo(String.class)
                .map(HubUser::of)
                .list());
  }
}
