package org.homeport.bridge.remote.drive;

import java.util.Objects;

/** An account that is not connected: what was wrong, and what its owner can do. */
public final class ConnectRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final String remedy;

  ConnectRefused(String code, String message, String remedy) {
    super(message);
    this.code = Objects.requireNonNull(code);
    this.remedy = Objects.requireNonNull(remedy);
  }

  /** Stable, for programs. */
  public String code() {
    return code;
  }

  public String remedy() {
    return remedy;
  }
}
