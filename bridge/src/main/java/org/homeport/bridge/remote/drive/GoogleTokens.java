package org.homeport.bridge.remote.drive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpResponseException;
import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.UrlEncodedContent;
import com.google.auth.oauth2.UserCredentials;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.homeport.bridge.remote.NeedsReconnect;
import org.homeport.bridge.remote.RemoteFailure;
import org.homeport.bridge.remote.RemoteRejected;
import org.homeport.bridge.remote.RemoteUnavailable;
import org.homeport.bridge.token.Secret;

/** Google's token end points: exchange a code, refresh, revoke. */
final class GoogleTokens {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TIMED_OUT = 408;
  private static final int TOO_MANY = 429;

  /** The result of a consent: the long-lived token, and the scopes that the user allowed. */
  record Grant(Secret refreshToken, Set<String> scopes) {}

  private final HttpTransport transport;
  private final Endpoints endpoints;
  private final OAuthClient client;

  GoogleTokens(HttpTransport transport, Endpoints endpoints, OAuthClient client) {
    this.transport = transport;
    this.endpoints = endpoints;
    this.client = client;
  }

  /**
   * @throws RemoteRejected when Google does not take the code, or gives no lasting right for it
   */
  Grant exchange(Secret code, Secret verifier, URI redirect) {
    var answer =
        post(
            endpoints.token(),
            Map.of(
                "grant_type", "authorization_code",
                "code", code.value(),
                "code_verifier", verifier.value(),
                "redirect_uri", redirect.toString(),
                "client_id", client.id(),
                "client_secret", client.secret().value()));
    if (!answer.hasNonNull("refresh_token")) {
      throw new RemoteRejected("Google gave no refresh token: connect again.");
    }
    return new Grant(new Secret(answer.get("refresh_token").asText()), scopes(answer));
  }

  /** Asks Google which scopes a refresh token has, by using it. */
  Grant inspect(Secret refreshToken) {
    var answer =
        post(
            endpoints.token(),
            Map.of(
                "grant_type", "refresh_token",
                "refresh_token", refreshToken.value(),
                "client_id", client.id(),
                "client_secret", client.secret().value()));
    return new Grant(refreshToken, scopes(answer));
  }

  /** Ends the grant at Google; returns whether it has ended, now or before. */
  boolean revoke(Secret refreshToken) {
    try {
      post(endpoints.revoke(), Map.of("token", refreshToken.value()));
      return true;
    } catch (RemoteRejected alreadyEnded) {
      return true;
    } catch (RemoteUnavailable e) {
      return false;
    }
  }

  UserCredentials credentials(Secret refreshToken) {
    return UserCredentials.newBuilder()
        .setClientId(client.id())
        .setClientSecret(client.secret().value())
        .setRefreshToken(refreshToken.value())
        .setTokenServerUri(endpoints.token())
        .setHttpTransportFactory(() -> transport)
        .build();
  }

  /** The refusal of the token end point, when that is why the call failed. */
  static Optional<RemoteFailure> refusal(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof HttpResponseException answer && answer.getStatusCode() < 500) {
        return Optional.of(refused(answer));
      }
    }
    return Optional.empty();
  }

  private JsonNode post(URI endpoint, Map<String, String> form) {
    try {
      var content = new UrlEncodedContent(new HashMap<>(form));
      var request =
          transport.createRequestFactory().buildPostRequest(new GenericUrl(endpoint), content);
      var response = request.execute();
      try {
        return JSON.readTree(response.parseAsString());
      } finally {
        response.disconnect();
      }
    } catch (IOException e) {
      throw refusal(e).orElseGet(() -> new RemoteUnavailable("Google does not answer.", e));
    }
  }

  private static RemoteFailure refused(HttpResponseException answer) {
    if (answer.getStatusCode() == TOO_MANY || answer.getStatusCode() == TIMED_OUT) {
      return new RemoteUnavailable(
          "Google hands out no token at the moment (%d).".formatted(answer.getStatusCode()),
          Refusal.of(answer).retryAfter(),
          answer);
    }
    var error = error(answer);
    if (error.equals("invalid_grant")) {
      return new NeedsReconnect(
          "Google has ended Homeport's access: connect Google Drive again. (It ends when the user"
              + " revokes it, after six months without use, and after seven days while the"
              + " application is in testing.)",
          answer);
    }
    if (error.equals("unauthorized_client")) {
      return new RemoteRejected(
          "Google does not let Homeport's service account act for users (unauthorized_client): in"
              + " the Workspace's admin console, under domain-wide delegation, allow its client id"
              + " the scope "
              + DriveAccounts.SCOPE
              + ".",
          answer);
    }
    return new RemoteRejected(
        "Google refused a token (%d %s): check the client id and secret of backup.drive."
            .formatted(answer.getStatusCode(), error),
        answer);
  }

  private static String error(HttpResponseException answer) {
    try {
      var content = answer.getContent();
      return JSON.readTree(content == null ? "" : content).path("error").asText("");
    } catch (IOException notJson) {
      return "";
    }
  }

  private static Set<String> scopes(JsonNode answer) {
    return Set.of(answer.path("scope").asText("").split(" "));
  }
}
