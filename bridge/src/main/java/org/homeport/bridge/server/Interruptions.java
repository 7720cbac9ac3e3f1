package org.homeport.bridge.server;

import java.time.Clock;
import java.time.Duration;
import org.homeport.spawn.refusal.SpawnRefused;

/**
 * Pauses the starts in which the bridge died, again and again: one may be why it died. The others
 * only waited beside it, so nobody is refused for long.
 */
final class Interruptions {
  private static final int AT_MOST = 3;
  private static final Duration PAUSE = Duration.ofMinutes(10);

  private final ServerTable table;
  private final Clock clock;

  Interruptions(ServerTable table, Clock clock) {
    this.table = table;
    this.clock = clock;
  }

  /**
   * Passes while the bridge may try the start of a server.
   *
   * @throws SpawnRefused while somebody should look at the reason first
   */
  void check(String id) {
    if (table.interruptions(id) >= AT_MOST && isRecent(id)) {
      throw new SpawnRefused(
          "interrupted-often",
          "Homeport itself ended in the middle of the last %d starts of the server %s."
              .formatted(AT_MOST, id),
          "Try again in %d minutes. The administrator finds the reason in the bridge's log, and may"
                  .formatted(PAUSE.toMinutes())
              + " forget the server at once: DELETE /api/v1/servers/%s?forget=true.".formatted(id));
    }
  }

  private boolean isRecent(String id) {
    return table
        .find(id)
        .filter(server -> clock.instant().isBefore(server.since().plus(PAUSE)))
        .isPresent();
  }
}
