package org.homeport.bridge.server;

import org.homeport.spawn.refusal.SpawnRefused;

/** Ends the row of starts in which the bridge died, again and again: one may be why it died. */
final class Interruptions {
  private static final int AT_MOST = 3;

  private final ServerTable table;

  Interruptions(ServerTable table) {
    this.table = table;
  }

  /**
   * Passes while the bridge may try the start of a server.
   *
   * @throws SpawnRefused when somebody has to look at the reason first
   */
  void check(String id) {
    if (table.interruptions(id) >= AT_MOST) {
      throw new SpawnRefused(
          "interrupted-often",
          "Homeport itself ended in the middle of the last %d starts of the server %s."
              .formatted(AT_MOST, id),
          "Ask the administrator to look for the reason in the bridge's log, and then to forget the"
              + " server: DELETE /api/v1/servers/%s?forget=true.".formatted(id));
    }
  }
}
