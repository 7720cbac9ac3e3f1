package org.homeport.bridge.remote;

/** The remote refuses this call permanently; others may succeed. */
public final class RemoteRejected extends RemoteFailure {
  public RemoteRejected(String message) {
    this(message, null);
  }

  public RemoteRejected(String message, Throwable cause) {
    super(message, cause);
  }
}
