package org.homeport.bridge.remote;

/**
 * The far end no longer lets Homeport in: only the account's owner can help, by connecting again.
 */
public final class NeedsReconnect extends RemoteFailure {
  public NeedsReconnect(String message, Throwable cause) {
    super(message, cause);
  }
}
