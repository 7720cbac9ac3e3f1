package org.homeport.bridge.remote.drive;

import com.google.api.client.http.GenericUrl;
import com.google.api.services.drive.model.User;
import com.google.auth.oauth2.OAuth2Credentials;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import org.homeport.bridge.backup.MemoryTable;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.remote.NeedsReconnect;
import org.homeport.bridge.remote.RemoteFailure;
import org.homeport.bridge.remote.RemoteUnavailable;
import org.homeport.spawn.identity.HubUser;

/**
 * The users' own Google accounts: connecting them by consent, keeping the grants sealed, and giving
 * them back.
 */
public final class DriveAccounts implements DriveGrants {
  /** Sees nothing but what Homeport made, which is why Google asks for no audit. */
  static final String SCOPE = "https://www.googleapis.com/auth/drive.file";

  private static final Duration CONSENT_LIVES = Duration.ofMinutes(15);
  private static final int RANDOM_BYTES = 32;

  private final Endpoints endpoints;
  private final OAuthClient client;
  private final URI redirect;
  private final GoogleTokens tokens;
  private final DriveClients clients;
  private final AccountTable accounts;
  private final ConsentTable consents;
  private final MemoryTable memory;
  private final InstantSource clock;

  /**
   * @param redirect where Google sends the users back to, exactly as it is registered there
   */
  DriveAccounts(
      DriveClients clients,
      OAuthClient client,
      URI redirect,
      Database database,
      Vault vault,
      InstantSource clock) {
    this.endpoints = clients.endpoints();
    this.client = client;
    this.redirect = redirect;
    this.tokens = new GoogleTokens(clients.transport(), endpoints, client);
    this.clients = clients;
    this.accounts = new AccountTable(database, vault);
    this.consents = new ConsentTable(database, vault);
    this.memory = new MemoryTable(database);
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
    var state = random();
    var verifier = random();
    consents.put(user, session, state, verifier, clock.instant().plus(CONSENT_LIVES));
    var url = new GenericUrl(endpoints.consent());
    url.put("client_id", client.id());
    url.put("redirect_uri", redirect.toString());
    url.put("response_type", "code");
    url.put("scope", SCOPE);
    url.put("state", state.value());
    url.put("code_challenge", s256(verifier));
    url.put("code_challenge_method", "S256");
    // Without both, Google gives no refresh token to a user who has consented before.
    url.put("access_type", "offline");
    url.put("prompt", "consent");
    return url.toURI();
  }

  /**
   * Connects, when the user has come back from Google's page.
   *
   * @throws ConnectRefused when the way back does not fit the way there, or the consent is not
   *     enough
   */
  public DriveConnection finish(HubUser user, Secret session, Secret state, Secret code) {
    var verifier =
        consents
            .take(user, session, state, clock.instant())
            .orElseThrow(
                () ->
                    new ConnectRefused(
                        "unknown-consent",
                        "This consent was not asked for by this session, or too long ago.",
                        "Start again from Homeport's page."));
    try {
      return keep(user, tokens.exchange(code, verifier, redirect));
    } catch (NeedsReconnect e) {
      throw new ConnectRefused(
          "bad-code", "Google did not accept its own code.", "Start again from Homeport's page.");
    }
  }

  /**
   * Connects with the grant that the user gave when signing in to the hub, so that no second
   * consent is needed. Repeatable, and asks nothing of Google where a connection lives: the hub
   * offers the grant at each start of a server, and the user may have chosen another account here.
   *
   * @throws ConnectRefused when the grant is not for Drive, or of another application
   */
  public DriveConnection handOver(HubUser user, Secret refreshToken) {
    var known = accounts.find(user);
    if (known.isPresent() && isAlive(user, known.get())) {
      return known.get().connection();
    }
    try {
      return keep(user, tokens.inspect(refreshToken));
    } catch (NeedsReconnect e) {
      throw new ConnectRefused(
          "bad-grant",
          "Google does not accept the hub's grant from Homeport.",
          "Give hub and Homeport the same client id, and let the user sign in again.");
    }
  }

  private boolean isAlive(HubUser user, AccountTable.Row row) {
    return row.ended().isEmpty() && accounts.grant(user, row).isPresent();
  }

  private DriveConnection keep(HubUser user, GoogleTokens.Grant grant) {
    if (!grant.scopes().contains(SCOPE)) {
      throw new ConnectRefused(
          "scope-missing",
          "Google Drive was not ticked in Google's page, so Homeport may not save anything.",
          "Connect again and leave the box for Google Drive ticked.");
    }
    var owner = owner(tokens.credentials(grant.refreshToken()));
    var known = accounts.find(user);
    if (known.isPresent() && !known.get().googleId().equals(owner.getPermissionId())) {
      throw new ConnectRefused(
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
    memory.forget(user);
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

  private static Secret random() {
    return new Secret(
        Base64.getUrlEncoder().withoutPadding().encodeToString(Vault.random(RANDOM_BYTES)));
  }

  private static String s256(Secret verifier) {
    try {
      var sha256 = MessageDigest.getInstance("SHA-256");
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(sha256.digest(verifier.value().getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java has SHA-256.", e);
    }
  }
}
