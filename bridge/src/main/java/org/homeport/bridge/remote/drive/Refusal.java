package org.homeport.bridge.remote.drive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.api.client.googleapis.json.GoogleJsonError;
import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.HttpHeaders;
import com.google.api.client.http.HttpResponseException;
import java.io.IOException;
import java.time.Duration;
import org.homeport.bridge.remote.NeedsReconnect;
import org.homeport.bridge.remote.RemoteFailure;
import org.homeport.bridge.remote.RemoteFull;
import org.homeport.bridge.remote.RemoteRejected;
import org.homeport.bridge.remote.RemoteUnavailable;

/**
 * An answer of Drive other than success, and its meaning for the caller.
 *
 * @param reason Drive's own code, such as {@code userRateLimitExceeded}; may be empty
 * @param retryAfter how long Drive asks to wait; zero when it does not say
 */
record Refusal(int status, String reason, String message, Duration retryAfter) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration A_WHILE = Duration.ofHours(1);

  static Refusal of(HttpResponseException answer) {
    if (answer instanceof GoogleJsonResponseException typed && typed.getDetails() != null) {
      return of(typed.getDetails(), answer.getHeaders());
    }
    var error = parsed(answer.getContent()).path("error");
    return new Refusal(
        answer.getStatusCode(),
        error.path("errors").path(0).path("reason").asText(""),
        error.path("message").asText(""),
        retryAfter(answer.getHeaders()));
  }

  static Refusal of(GoogleJsonError error, HttpHeaders headers) {
    var details = error.getErrors();
    return new Refusal(
        error.getCode(),
        details == null || details.isEmpty() ? "" : details.get(0).getReason(),
        error.getMessage(),
        retryAfter(headers));
  }

  boolean isAbsence() {
    return status == 404;
  }

  boolean isGone() {
    return status == 410;
  }

  boolean isTaken() {
    return status == 409;
  }

  /** Drive will not do this to this object, whatever the pace and the right. */
  boolean isForbidden() {
    return status == 403 && failure(null) instanceof RemoteRejected;
  }

  boolean isForTheAccountsRate() {
    return reason.equals("userRateLimitExceeded") || (status == 429 && !isForTheProjectsRate());
  }

  /** A token that ran out early; whether another is to be had is known when one is asked for. */
  private boolean isForTheToken() {
    return status == 401;
  }

  boolean isForTheProjectsRate() {
    return reason.equals("rateLimitExceeded");
  }

  /** The failure to throw; its cause never carries an address that opens something. */
  RemoteFailure failure(Throwable cause) {
    var said = "Google Drive answered %d %s: %s".formatted(status, reason, message);
    if (isForTheAccountsRate()
        || isForTheProjectsRate()
        || isForTheToken()
        || status == 408
        || status >= 500) {
      return unavailable(said, retryAfter, cause);
    }
    return switch (reason) {
      case "dailyLimitExceeded" -> unavailable(said, A_WHILE, cause);
      case "storageQuotaExceeded" ->
          new RemoteFull("The Google Drive is full: make room in it, or get more.", cause);
      case "insufficientPermissions" ->
          new NeedsReconnect("Google Drive no longer lets Homeport in: connect it again.", cause);
      default -> new RemoteRejected(said, cause);
    };
  }

  /** Tells what comes of it, when that is not simply a pause. */
  private static RemoteUnavailable unavailable(String said, Duration retryAfter, Throwable cause) {
    var failure = new RemoteUnavailable(said, retryAfter, cause);
    return failure.isTooLong()
        ? new RemoteUnavailable(
            "%s It asks to wait for %d minutes, so this run ends; the next one goes on from here."
                .formatted(said.endsWith(".") ? said : said + ".", retryAfter.toMinutes()),
            retryAfter,
            cause)
        : failure;
  }

  private static Duration retryAfter(HttpHeaders headers) {
    try {
      var seconds = headers == null ? null : headers.getRetryAfter();
      return seconds == null ? Duration.ZERO : Duration.ofSeconds(Long.parseLong(seconds));
    } catch (NumberFormatException aDate) {
      return Duration.ZERO;
    }
  }

  private static JsonNode parsed(String content) {
    try {
      return JSON.readTree(content == null ? "" : content);
    } catch (IOException notJson) {
      return JSON.createObjectNode();
    }
  }
}
