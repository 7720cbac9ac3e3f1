package org.homeport.bridge.remote;

/** A call to a remote that failed; each subclass is one decision of the caller. */
public abstract sealed class RemoteFailure extends RuntimeException
    permits RemoteUnavailable, RemoteRejected, NeedsReconnect, RemoteFull {
  RemoteFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
