package org.homeport.bridge.web;

import io.javalin.http.HttpStatus;
import java.util.Optional;
import org.homeport.bridge.log.Reference;

/**
 * An error as the API tells it (RFC 9457).
 *
 * @param title the status in words
 * @param code stable, for programs
 * @param message what went wrong, and with what
 * @param remedy what to do about it
 * @param field of the request that is to blame
 * @param reference finds the story in the bridge's log
 */
public record Problem(
    String type,
    String title,
    int status,
    String code,
    String message,
    String remedy,
    Optional<String> field,
    Reference reference) {
  static final String CONTENT_TYPE = "application/problem+json";

  public static Problem of(Refused refused, Reference reference) {
    return new Problem(
        "about:blank",
        HttpStatus.forStatus(refused.status()).getMessage(),
        refused.status(),
        refused.code(),
        refused.getMessage(),
        refused.remedy(),
        refused.field(),
        reference);
  }
}
