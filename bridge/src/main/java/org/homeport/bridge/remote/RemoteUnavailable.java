package org.homeport.bridge.remote;

import java.time.Duration;

/**
 * The remote does not answer or asks for patience: try again. The call may have been carried out.
 */
public final class RemoteUnavailable extends RemoteFailure {
  /** A run that has to wait longer ends; the next one goes on where it was. */
  public static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

  private final Duration retryAfter;

  public RemoteUnavailable(String message, Throwable cause) {
    this(message, Duration.ZERO, cause);
  }

  /**
   * @param retryAfter how long the remote asks to wait; zero when it does not say
   */
  public RemoteUnavailable(String message, Duration retryAfter, Throwable cause) {
    super(message, cause);
    this.retryAfter = retryAfter;
  }

  /** Whether it is pointless to wait for it within a run. */
  public boolean isTooLong() {
    return retryAfter.compareTo(LONGEST_WAIT) > 0;
  }

  public Duration retryAfter() {
    return retryAfter;
  }
}
