package org.homeport.bridge.remote.drive;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Optional;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.token.Secret;
import org.homeport.spawn.identity.HubUser;

/** Remembers the consents that were asked for, each for one use by the session that asked. */
final class ConsentTable {
  private final Database database;
  private final Vault vault;

  ConsentTable(Database database, Vault vault) {
    this.database = database;
    this.vault = vault;
  }

  void put(HubUser user, Secret session, Secret state, Secret verifier, Instant expires) {
    var sealed = vault.seal(verifier, owner(user));
    database.write(
        handle ->
            handle.execute(
                "INSERT INTO drive_consents"
                    + " (state_hash, user_name, session_hash, verifier_sealed, expires_at)"
                    + " VALUES (?, ?, ?, ?, ?)",
                state.hash(),
                user.name(),
                session.hash(),
                sealed,
                expires.toString()));
  }

  /** Takes the consent out: the verifier, when user, session and time are as they were asked. */
  Optional<Secret> take(HubUser user, Secret session, Secret state, Instant now) {
    return database
        .write(
            handle -> {
              handle.execute("DELETE FROM drive_consents WHERE expires_at < ?", now.toString());
              var sealed =
                  handle
                      .select(
                          "SELECT verifier_sealed FROM drive_consents"
                              + " WHERE state_hash = ? AND user_name = ? AND session_hash = ?",
                          state.hash(),
                          user.name(),
                          session.hash())
                      .mapTo(String.class)
                      .findOne();
              handle.execute("DELETE FROM drive_consents WHERE state_hash = ?", state.hash());
              return sealed;
            })
        .flatMap(line -> unsealed(line, user));
  }

  private Optional<Secret> unsealed(String sealed, HubUser user) {
    try {
      return Optional.of(vault.unseal(sealed, owner(user)));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private static String owner(HubUser user) {
    return "drive consent " + user.name();
  }
}
