package org.homeport.bridge.remote.drive.fake;

import java.util.Map;

/** Something that goes wrong on purpose with one call. */
public sealed interface Fault {

  /** The call is answered by this status, in Google's shape. */
  record Status(int status, Map<String, String> headers) implements Fault {}

  /** The call is answered by this status and reason. */
  record Problem(int status, String reason) implements Fault {}

  /** The connection is reset, without an answer. */
  record Reset() implements Fault {}

  /** Something else happens, and the connection is reset. */
  record Event(Runnable event) implements Fault {}

  static Fault status(int status) {
    return new Status(status, Map.of());
  }

  static Fault retryAfter(int seconds) {
    return new Status(429, Map.of("Retry-After", Integer.toString(seconds)));
  }

  static Fault problem(int status, String reason) {
    return new Problem(status, reason);
  }

  static Fault reset() {
    return new Reset();
  }

  static Fault event(Runnable event) {
    return new Event(event);
  }
}
