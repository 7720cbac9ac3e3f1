package org.homeport.bridge.remote.drive.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Codes, refresh tokens and access tokens: the rights that users gave to clients. */
final class Tokens {
  static final String DRIVE_FILE = "https://www.googleapis.com/auth/drive.file";
  static final String DRIVE = "https://www.googleapis.com/auth/drive";
  private static final Duration ACCESS_LIVES = Duration.ofSeconds(3599);
  private static final String JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";

  /** An application that is registered with Google. */
  record Client(String id, String secret, Set<String> redirectUris) {}

  /** The right of a client in an account. */
  record Grant(String account, String client, String scope) {
    boolean seesAll() {
      return Set.of(scope.split(" ")).contains(DRIVE);
    }

    boolean mayUseDrive() {
      return seesAll() || Set.of(scope.split(" ")).contains(DRIVE_FILE);
    }
  }

  private record Code(Grant grant, String redirectUri, String challenge, boolean offline) {}

  private record Access(Grant grant, String refresh, Instant until) {}

  private final InstantSource clock;
  private final Map<String, Client> clients = new HashMap<>();
  private final Map<String, Code> codes = new HashMap<>();
  private final Map<String, Grant> refreshTokens = new HashMap<>();
  private final Map<String, Access> accessTokens = new HashMap<>();
  private final Set<String> delegates = new HashSet<>();
  private final Set<String> strangers = new HashSet<>();

  Tokens(InstantSource clock) {
    this.clock = clock;
  }

  synchronized void register(Client client) {
    clients.put(client.id(), client);
  }

  /** Lets a service account act as every user. */
  synchronized void delegate(String serviceAccount) {
    delegates.add(serviceAccount);
  }

  /** No service account can act as this address. */
  synchronized void stranger(String email) {
    strangers.add(email);
  }

  /** Checks what the consent page is asked for, before anything is shown. */
  synchronized void check(Map<String, String> request) {
    var client = clients.get(request.getOrDefault("client_id", ""));
    if (client == null) {
      throw new DriveProblem(401, "invalid_client", "The OAuth client was not found.");
    }
    if (!client.redirectUris().contains(request.getOrDefault("redirect_uri", ""))) {
      throw new DriveProblem(400, "redirect_uri_mismatch", "Error 400: redirect_uri_mismatch");
    }
    if (!"code".equals(request.get("response_type"))) {
      throw DriveProblem.invalid("response_type must be code");
    }
  }

  synchronized String code(Map<String, String> request, String account, String scope) {
    var code = "4/" + UUID.randomUUID();
    codes.put(
        code,
        new Code(
            new Grant(account, request.get("client_id"), scope),
            request.get("redirect_uri"),
            request.get("code_challenge"),
            "offline".equals(request.get("access_type"))));
    return code;
  }

  /** A refresh token without a consent page, as another application of the campus may hold one. */
  synchronized String refreshToken(Grant grant) {
    var token = "1//" + UUID.randomUUID();
    refreshTokens.put(token, grant);
    return token;
  }

  synchronized String accessToken(Grant grant) {
    return access(grant, "").get("access_token").asText();
  }

  synchronized Grant grant(String accessToken) {
    var access = accessTokens.get(accessToken);
    if (access == null || !access.until().isAfter(clock.instant())) {
      throw DriveProblem.of(401);
    }
    if (!access.grant().mayUseDrive()) {
      throw new DriveProblem(
          403, "insufficientPermissions", "Request had insufficient authentication scopes.");
    }
    return access.grant();
  }

  /** Ends every right in an account, as its owner can at any time. */
  synchronized void revokeAll(String account) {
    refreshTokens.values().removeIf(grant -> grant.account().equals(account));
    accessTokens.values().removeIf(access -> access.grant().account().equals(account));
  }

  /** Lets all access tokens run out now; refresh tokens stay. */
  synchronized void expireAccess() {
    accessTokens.clear();
  }

  synchronized Answer revoke(Map<String, String> form) {
    var token = form.getOrDefault("token", "");
    if (refreshTokens.remove(token) == null && accessTokens.remove(token) == null) {
      return error("invalid_token", "Token expired or revoked");
    }
    accessTokens.values().removeIf(access -> access.refresh().equals(token));
    return Answer.ok(JsonNodeFactory.instance.objectNode());
  }

  synchronized boolean knows(String refreshToken) {
    return refreshTokens.containsKey(refreshToken);
  }

  synchronized Answer token(Map<String, String> form) throws IOException {
    var type = form.getOrDefault("grant_type", "");
    if (type.equals(JWT_BEARER)) {
      return delegated(form.getOrDefault("assertion", ""));
    }
    var client = clients.get(form.getOrDefault("client_id", ""));
    if (client == null || !client.secret().equals(form.get("client_secret"))) {
      return error("invalid_client", "The OAuth client was not found.");
    }
    return switch (type) {
      case "authorization_code" -> exchange(client, form);
      case "refresh_token" -> refresh(client, form.getOrDefault("refresh_token", ""));
      default -> error("unsupported_grant_type", "Invalid grant_type: " + type);
    };
  }

  private Answer exchange(Client client, Map<String, String> form) {
    var code = codes.remove(form.getOrDefault("code", ""));
    if (code == null || !code.grant().client().equals(client.id())) {
      return error("invalid_grant", "Malformed auth code.");
    }
    if (!code.redirectUri().equals(form.get("redirect_uri"))) {
      return error("redirect_uri_mismatch", "Bad Request");
    }
    if (code.challenge() != null
        && !code.challenge().equals(s256(form.getOrDefault("code_verifier", "")))) {
      return error("invalid_grant", "Invalid code verifier.");
    }
    var refresh = code.offline() ? refreshToken(code.grant()) : "";
    var answer = access(code.grant(), refresh);
    if (code.offline()) {
      answer.put("refresh_token", refresh);
    }
    return Answer.ok(answer);
  }

  private Answer refresh(Client client, String token) {
    var grant = refreshTokens.get(token);
    if (grant == null || !grant.client().equals(client.id())) {
      return error("invalid_grant", "Token has been expired or revoked.");
    }
    return Answer.ok(access(grant, token));
  }

  private Answer delegated(String assertion) throws IOException {
    var claims = claims(assertion);
    var issuer = claims.path("iss").asText();
    if (!delegates.contains(issuer) || !claims.has("sub")) {
      return error(
          "unauthorized_client",
          "Client is unauthorized to retrieve access tokens using this method.");
    }
    if (strangers.contains(claims.get("sub").asText())) {
      return error("invalid_grant", "Invalid email or User ID");
    }
    return Answer.ok(
        access(new Grant(claims.get("sub").asText(), issuer, claims.path("scope").asText()), ""));
  }

  private ObjectNode access(Grant grant, String refresh) {
    var token = "ya29." + UUID.randomUUID();
    accessTokens.put(token, new Access(grant, refresh, clock.instant().plus(ACCESS_LIVES)));
    return JsonNodeFactory.instance
        .objectNode()
        .put("access_token", token)
        .put("expires_in", ACCESS_LIVES.toSeconds())
        .put("scope", grant.scope())
        .put("token_type", "Bearer");
  }

  private static JsonNode claims(String assertion) throws IOException {
    var parts = assertion.split("[.]");
    return Call.JSON.readTree(Base64.getUrlDecoder().decode(parts.length > 1 ? parts[1] : ""));
  }

  private static Answer error(String error, String description) {
    return Answer.json(
        error.equals("invalid_client") || error.equals("unauthorized_client") ? 401 : 400,
        JsonNodeFactory.instance
            .objectNode()
            .put("error", error)
            .put("error_description", description));
  }

  private static String s256(String verifier) {
    try {
      var sha256 = MessageDigest.getInstance("SHA-256");
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(sha256.digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
