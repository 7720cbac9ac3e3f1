package org.homeport.bridge.remote.drive;

import com.google.api.client.http.GenericUrl;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import org.homeport.bridge.remote.NeedsReconnect;
import org.homeport.bridge.token.Secret;
import org.homeport.spawn.hash.Sha256;
import org.homeport.spawn.identity.HubUser;
import org.homeport.spawn.refusal.SpawnRefused;

/** Sends users to the page on which Google asks for their consent, and takes them back from it. */
final class Consents {
  private static final Duration LIFE = Duration.ofMinutes(15);

  private final Endpoints endpoints;
  private final OAuthClient client;
  private final URI redirect;
  private final GoogleTokens tokens;
  private final ConsentTable table;
  private final InstantSource clock;

  /**
   * @param redirect where Google sends the users back to, exactly as it is registered there
   */
  Consents(
      Endpoints endpoints,
      OAuthClient client,
      URI redirect,
      GoogleTokens tokens,
      ConsentTable table,
      InstantSource clock) {
    this.endpoints = endpoints;
    this.client = client;
    this.redirect = redirect;
    this.tokens = tokens;
    this.table = table;
    this.clock = clock;
  }

  /** The address of Google's page for this user and this session of a browser. */
  URI begin(HubUser user, Secret session) {
    var state = Secret.unguessable();
    var verifier = Secret.unguessable();
    table.put(user, session, state, verifier, clock.instant().plus(LIFE));
    var url = new GenericUrl(endpoints.consent());
    url.put("client_id", client.id());
    url.put("redirect_uri", redirect.toString());
    url.put("response_type", "code");
    url.put("scope", DriveAccounts.SCOPE);
    url.put("state", state.value());
    url.put("code_challenge", s256(verifier));
    url.put("code_challenge_method", "S256");
    // Without both, Google gives no refresh token to a user who has consented before.
    url.put("access_type", "offline");
    url.put("prompt", "consent");
    return url.toURI();
  }

  /**
   * The grant that the consent brought.
   *
   * @throws SpawnRefused when this session did not ask for it, or Google does not accept the code
   */
  GoogleTokens.Grant redeem(HubUser user, Secret session, Secret state, Secret code) {
    var verifier =
        table
            .take(user, session, state, clock.instant())
            .orElseThrow(
                () ->
                    new SpawnRefused(
                        "unknown-consent",
                        "This consent was not asked for by this session, or too long ago.",
                        "Start again from Homeport's page."));
    try {
      return tokens.exchange(code, verifier, redirect);
    } catch (NeedsReconnect e) {
      throw new SpawnRefused(
          "bad-code",
          "Google did not accept its own code.",
          "Start again from Homeport's page.",
          e);
    }
  }

  private static String s256(Secret verifier) {
    var digest = Sha256.begin().digest(verifier.value().getBytes(StandardCharsets.US_ASCII));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
  }
}
