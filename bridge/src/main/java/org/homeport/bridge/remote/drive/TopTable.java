package org.homeport.bridge.remote.drive;

import java.util.Optional;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.remote.RemoteId;
import org.homeport.spawn.identity.HubUser;

/** Remembers each account's own name for the folder in which everything lies. */
final class TopTable {
  private final Database database;

  TopTable(Database database) {
    this.database = database;
  }

  Optional<RemoteId> find(HubUser user) {
    return database.read(
        handle ->
            handle
                .select("SELECT folder_id FROM drive_tops WHERE user_name = ?", user.name())
                .mapTo(String.class)
                .findOne()
                .map(RemoteId::new));
  }

  void put(HubUser user, RemoteId folder) {
    database.write(
        handle ->
            handle.execute(
                "INSERT INTO drive_tops (user_name, folder_id) VALUES (?, ?)"
                    + " ON CONFLICT (user_name) DO UPDATE SET folder_id = excluded.folder_id",
                user.name(),
                folder.value()));
  }
}
