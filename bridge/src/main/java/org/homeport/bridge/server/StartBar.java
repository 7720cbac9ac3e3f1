package org.homeport.bridge.server;

import org.homeport.spawn.progress.Progress.Phase;

/** Places the phases of a start on the bar of the spawn page. */
final class StartBar {
  private StartBar() {}

  static int percent(Phase phase, long done, long total) {
    var from = begin(phase);
    var part = total <= 0 ? 0 : Math.min(1.0, (double) done / total);
    return from + (int) (part * (end(phase) - from));
  }

  private static int begin(Phase phase) {
    return switch (phase) {
      case QUEUED, CHECKING -> 0;
      case PULLING -> 5;
      case SEEDING -> 40;
      case CREATING -> 90;
      case WAITING -> 93;
    };
  }

  private static int end(Phase phase) {
    return switch (phase) {
      case QUEUED -> 0;
      case CHECKING -> 5;
      case PULLING -> 40;
      case SEEDING -> 90;
      case CREATING -> 93;
      case WAITING -> 99;
    };
  }
}
