package org.homeport.bridge.engine;

/** The engine answered no, and would again: the message is its own. */
public final class EngineRejected extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public EngineRejected(String message, Throwable cause) {
    super(message, cause);
  }

  public EngineRejected(String message) {
    super(message);
  }
}
