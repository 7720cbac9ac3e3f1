package org.homeport.bridge.remote;

/** What went wrong at the far end; each subclass is one decision of whoever called. */
public abstract sealed class RemoteFailure extends RuntimeException
    permits RemoteUnavailable, RemoteRejected, NeedsReconnect, RemoteFull {
  RemoteFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
