package org.homeport.bridge.remote;

/** The far end refuses this one call for good; others may succeed. */
public final class RemoteRejected extends RemoteFailure {
  public RemoteRejected(String message) {
    this(message, null);
  }

  public RemoteRejected(String message, Throwable cause) {
    super(message, cause);
  }
}
