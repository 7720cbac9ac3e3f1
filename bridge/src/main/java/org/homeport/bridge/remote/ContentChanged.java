package org.homeport.bridge.remote;

/**
 * The file in the home differs from what it was when it was first read: look at it again.
 *
 * <p>Unchecked, so that it passes through an HTTP client as what it is.
 */
public final class ContentChanged extends RuntimeException {
  public ContentChanged(String message) {
    super(message);
  }

  public ContentChanged(String message, Throwable cause) {
    super(message, cause);
  }
}
