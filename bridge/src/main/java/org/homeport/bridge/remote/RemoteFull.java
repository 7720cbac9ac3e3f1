package org.homeport.bridge.remote;

/** The storage of the account is full: nothing more can be saved until its owner makes room. */
public final class RemoteFull extends RemoteFailure {
  public RemoteFull(String message, Throwable cause) {
    super(message, cause);
  }
}
