package org.homeport.bridge.remote.drive.fake;

/** Tells the server to reset the connection instead of answering. */
final class Disconnected extends RuntimeException {
  private static final long serialVersionUID = 1L;
}
