package org.homeport.bridge.server;

import java.util.Objects;

/**
 * Why a server is not there, for the person who wanted it.
 *
 * @param code stable, for programs
 * @param message what happened
 * @param remedy what to do
 * @param reference finds the story in the bridge's log
 */
public record Failure(String code, String message, String remedy, String reference) {
  public Failure {
    Objects.requireNonNull(code);
    Objects.requireNonNull(message);
    Objects.requireNonNull(remedy);
    Objects.requireNonNull(reference);
  }
}
