package org.homeport.bridge.engine;

/**
 * The engine gave no answer: whether the call took effect is unknown, and it may be made again
 * later. It never means that a container is gone.
 */
public final class EngineUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public EngineUnavailable(String message, Throwable cause) {
    super(message, cause);
  }

  public EngineUnavailable(String message) {
    super(message);
  }
}
