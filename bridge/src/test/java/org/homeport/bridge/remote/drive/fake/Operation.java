package org.homeport.bridge.remote.drive.fake;

import java.io.IOException;

/**
 * An operation that a call asks for: its kind, the account that it falls to, and the deed itself.
 */
record Operation(Kind kind, String account, Deed deed) {
  /** Does what was asked, and returns the answer. */
  @FunctionalInterface
  interface Deed {
    Answer run(Faults.Fate fate) throws IOException;
  }
}
