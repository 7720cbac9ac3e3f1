package org.homeport.bridge.remote.drive;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.remote.Content;
import org.homeport.bridge.remote.RemoteId;
import org.homeport.bridge.token.Secret;
import org.homeport.spawn.identity.HubUser;

/** Remembers the resumable uploads under way, so that they continue after a restart. */
final class UploadTable {
  /** The address of an upload session; anyone who has it can write to the file. */
  record Session(Secret address) {
    URI uri() {
      return URI.create(address.value());
    }
  }

  private final Database database;
  private final Vault vault;

  UploadTable(Database database, Vault vault) {
    this.database = database;
    this.vault = vault;
  }

  void put(HubUser user, RemoteId id, Content content, Session session) {
    var sealed = vault.seal(session.address(), owner(user, id));
    database.write(
        handle ->
            handle.execute(
                "INSERT INTO drive_uploads (user_name, object_id, md5, size, session_sealed)"
                    + " VALUES (?, ?, ?, ?, ?) ON CONFLICT (user_name, object_id) DO UPDATE SET"
                    + " md5 = excluded.md5, size = excluded.size,"
                    + " session_sealed = excluded.session_sealed",
                user.name(),
                id.value(),
                content.md5().hex(),
                content.size(),
                sealed));
  }

  /** The upload of this very content that was begun earlier. */
  Optional<Session> find(HubUser user, RemoteId id, Content content) {
    return database
        .read(
            handle ->
                handle
                    .select(
                        "SELECT session_sealed FROM drive_uploads"
                            + " WHERE user_name = ? AND object_id = ? AND md5 = ? AND size = ?",
                        user.name(),
                        id.value(),
                        content.md5().hex(),
                        content.size())
                    .mapTo(String.class)
                    .findOne())
        .flatMap(line -> unsealed(line, owner(user, id)));
  }

  void remove(HubUser user, RemoteId id) {
    database.write(
        handle ->
            handle.execute(
                "DELETE FROM drive_uploads WHERE user_name = ? AND object_id = ?",
                user.name(),
                id.value()));
  }

  /** An upload whose address cannot be unsealed counts as one that was never begun. */
  private Optional<Session> unsealed(String sealed, String owner) {
    try {
      return Optional.of(new Session(vault.unseal(sealed, owner)));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private static String owner(HubUser user, RemoteId id) {
    return "drive upload " + user.name() + "/" + id.value();
  }
}
