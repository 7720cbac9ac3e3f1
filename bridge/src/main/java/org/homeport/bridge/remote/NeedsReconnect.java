package org.homeport.bridge.remote;

/**
 * The remote no longer admits Homeport: only the owner of the account can help, by connecting
 * again.
 */
public final class NeedsReconnect extends RemoteFailure {
  public NeedsReconnect(String message, Throwable cause) {
    super(message, cause);
  }
}
