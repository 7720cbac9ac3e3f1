package org.homeport.bridge.server;

import java.util.OptionalInt;

/** Ends a start with a failure that is already in people's words. */
final class StartFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;
  private final transient OptionalInt exitCode;

  StartFailed(Failure failure, OptionalInt exitCode) {
    super(failure.message());
    this.failure = failure;
    this.exitCode = exitCode;
  }

  Failure failure() {
    return failure;
  }

  /** For the log: without the failure's message, which may quote what the server wrote. */
  String summary() {
    return failure.code() + (exitCode.isPresent() ? " with exit code " + exitCode.getAsInt() : "");
  }

  OptionalInt exitCode() {
    return exitCode;
  }
}
