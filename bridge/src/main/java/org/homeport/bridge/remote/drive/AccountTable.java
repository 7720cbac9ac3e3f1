package org.homeport.bridge.remote.drive;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Optional;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.token.Secret;
import org.homeport.spawn.identity.HubUser;

/** Remembers which users have connected a Drive, with their grants sealed. */
final class AccountTable {
  /** The memory of a connected account. */
  record Row(
      String email, String googleId, String sealed, Instant connected, Optional<Instant> ended) {
    DriveConnection connection() {
      return new DriveConnection(email, connected, ended);
    }
  }

  private final Database database;
  private final Vault vault;

  AccountTable(Database database, Vault vault) {
    this.database = database;
    this.vault = vault;
  }

  void put(HubUser user, String email, String googleId, Secret grant, Instant now) {
    var sealed = vault.seal(grant, owner(user));
    database.write(
        handle ->
            handle.execute(
                "INSERT INTO drive_accounts (user_name, email, google_id, grant_sealed,"
                    + " connected_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (user_name) DO UPDATE SET"
                    + " email = excluded.email, google_id = excluded.google_id,"
                    + " grant_sealed = excluded.grant_sealed,"
                    + " connected_at = excluded.connected_at, ended_at = NULL",
                user.name(),
                email,
                googleId,
                sealed,
                now.toString()));
  }

  Optional<Row> find(HubUser user) {
    return database.read(
        handle ->
            handle
                .select("SELECT * FROM drive_accounts WHERE user_name = ?", user.name())
                .map(
                    (row, context) ->
                        new Row(
                            row.getString("email"),
                            row.getString("google_id"),
                            row.getString("grant_sealed"),
                            Instant.parse(row.getString("connected_at")),
                            Optional.ofNullable(row.getString("ended_at")).map(Instant::parse)))
                .findOne());
  }

  /** The grant itself; empty when the key that sealed it is gone. */
  Optional<Secret> grant(HubUser user, Row row) {
    try {
      return Optional.of(vault.unseal(row.sealed(), owner(user)));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  void end(HubUser user, Instant now) {
    database.write(
        handle ->
            handle.execute(
                "UPDATE drive_accounts SET ended_at = ? WHERE user_name = ? AND ended_at IS NULL",
                now.toString(),
                user.name()));
  }

  /** Forgets the grant and everything that opens or belongs to this Drive. */
  void erase(HubUser user) {
    database.write(
        handle -> {
          for (var table :
              new String[] {"drive_accounts", "drive_tops", "drive_consents", "drive_uploads"}) {
            handle.execute("DELETE FROM " + table + " WHERE user_name = ?", user.name());
          }
          return null;
        });
  }

  private static String owner(HubUser user) {
    return "drive grant " + user.name();
  }
}
