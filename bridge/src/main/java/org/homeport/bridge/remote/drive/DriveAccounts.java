package org.homeport.bridge.remote.drive;

import com.google.api.services.drive.model.User;
import com.google.auth.oauth2.OAuth2Credentials;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.remote.NeedsReconnect;
import org.homeport.bridge.remote.RemoteFailure;
import org.homeport.bridge.remote.RemoteUnavailable;
import org.homeport.bridge.token.Secret;
import org.homeport.spawn.identity.HubUser;
import org.homeport.spawn.refusal.SpawnRefused;

/**
 * The users' own Google accounts: connecting them by consent, keeping the grants sealed, and giving
 * them back.
 */
public final class DriveAccounts implements DriveGrants {
  /** Sees nothing but what Homeport made, which is why Google asks for no audit. */
  static final String SCOPE = "https://www.googleapis.com/auth/drive.file";

  private final GoogleTokens tokens;
  private final DriveClients clients;
  private final Consents consents;
  private final AccountTable accounts;
  private final Consumer<HubUser> forget;
  private final InstantSource clock;

  /**
   * @param redirect where Google sends the users back to, exactly as it is registered there
   * @param forget told of users whose storage is given up
   */
  DriveAccounts(
      DriveClients clients,
      OAuthClient client,
      URI redirect,
      Database database,
      Vault vault,
      Consumer<HubUser> forget,
      InstantSource clock) {
    var endpoints = clients.endpoints();
    this.tokens = new GoogleTokens(clients.transport(), endpoints, client);
    this.clients = clients;
    this.consents =
        new Consents(endpoints, client, redirect, tokens, new ConsentTable(database, vault), clock);
    this.accounts = new AccountTable(database, vault);
    this.forget = forget;
    this.clock = clock;
  }

  public Optional<DriveConnection> find(HubUser user) {
    return accounts.find(user).map(AccountTable.Row::connection);
  }

  /**
   * Begins to connect: the address of Google's page on which the user consents.
   *
   * @param session names the browser's session; {@link #finish} must come from the same one
   */
  public URI begin(HubUser user, Secret session) {
    return consents.begin(user, session);
  }

  /**
   * Connects, when the user has come back from Google's page.
   *
   * @throws SpawnRefused when the way back does not fit the way there, or the consent is not enough
   */
  public DriveConnection finish(HubUser user, Secret session, Secret state, Secret code) {
    return keep(user, consents.redeem(user, session, state, code));
  }

  /**
   * Connects with the grant that the user gave when signing in to the hub, so that no second
   * consent is needed. Repeatable, and asks nothing of Google where a connection lives: the hub
   * offers the grant at each start of a server, and the user may have chosen another account here.
   *
   * @throws SpawnRefused when the grant is not for Drive, or of another application
   */
  public DriveConnection handOver(HubUser user, Secret refreshToken) {
    var known = accounts.find(user);
    if (known.isPresent() && isAlive(user, known.get())) {
      return known.get().connection();
    }
    try {
      return keep(user, tokens.inspect(refreshToken));
    } catch (NeedsReconnect e) {
      throw new SpawnRefused(
          "bad-grant",
          "Google does not accept the hub's grant from Homeport.",
          "Give hub and Homeport the same client id, and let the user sign in again.",
          e);
    }
  }

  private boolean isAlive(HubUser user, AccountTable.Row row) {
    return row.ended().isEmpty() && accounts.grant(user, row).isPresent();
  }

  private DriveConnection keep(HubUser user, GoogleTokens.Grant grant) {
    if (!grant.scopes().contains(SCOPE)) {
      throw new SpawnRefused(
          "scope-missing",
          "Google Drive was not ticked in Google's page, so Homeport may not save anything.",
          "Connect again and leave the box for Google Drive ticked.");
    }
    var owner = owner(tokens.credentials(grant.refreshToken()));
    var known = accounts.find(user);
    if (known.isPresent() && !known.get().googleId().equals(owner.getPermissionId())) {
      throw new SpawnRefused(
          "another-account",
          "The backups lie in %s, but Google was asked for %s."
              .formatted(known.get().email(), owner.getEmailAddress()),
          "Choose %s in Google's page, or disconnect it first.".formatted(known.get().email()));
    }
    accounts.put(
        user,
        owner.getEmailAddress(),
        owner.getPermissionId(),
        grant.refreshToken(),
        clock.instant());
    return find(user).orElseThrow();
  }

  private User owner(OAuth2Credentials credentials) {
    try {
      return clients
          .of(credentials)
          .about()
          .get()
          .setFields("user(emailAddress,permissionId)")
          .execute()
          .getUser();
    } catch (IOException e) {
      throw new RemoteUnavailable("Google Drive does not say whose it is.", e);
    }
  }

  /**
   * Ends the grant at Google, and erases everything that is remembered of it and of the backups in
   * that Drive. The files stay with their owner. Repeatable.
   *
   * @return whether Google has confirmed; otherwise the user removes Homeport in Google's settings
   */
  public boolean disconnect(HubUser user) {
    var confirmed =
        accounts
            .find(user)
            .flatMap(row -> accounts.grant(user, row))
            .map(tokens::revoke)
            .orElse(true);
    accounts.erase(user);
    forget.accept(user);
    return confirmed;
  }

  @Override
  public OAuth2Credentials of(HubUser user) {
    var row =
        accounts
            .find(user)
            .orElseThrow(() -> new NeedsReconnect(user + " has not connected a Drive.", null));
    if (row.ended().isPresent()) {
      throw new NeedsReconnect(
          "Google ended Homeport's access to %s on %s: connect it again."
              .formatted(row.email(), row.ended().get()),
          null);
    }
    return accounts
        .grant(user, row)
        .map(tokens::credentials)
        .orElseThrow(
            () ->
                new NeedsReconnect(
                    "The key that sealed the grant of %s is gone: connect it again."
                        .formatted(row.email()),
                    null));
  }

  @Override
  public RemoteFailure ended(HubUser user, NeedsReconnect refusal) {
    accounts.end(user, clock.instant());
    return refusal;
  }
}
