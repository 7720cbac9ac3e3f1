package org.homeport.bridge.server;

import java.util.Comparator;
import java.util.Optional;
import org.homeport.spawn.image.ImageName;
import org.homeport.spawn.progress.Progress.Phase;

/**
 * The progress of a start.
 *
 * @param id of the server
 * @param done of this phase, in its own unit; in line, how many are before this one
 * @param percent of the whole start
 * @param message as the user sees it
 */
public record StartUnderWay(
    String id, ImageName image, Phase phase, long done, int percent, String message) {
  static final Comparator<StartUnderWay> FURTHEST_FIRST =
      Comparator.comparing(StartUnderWay::phase)
          .reversed()
          .thenComparing(start -> start.phase() == Phase.QUEUED ? start.done() : -start.percent())
          .thenComparing(StartUnderWay::id);

  static Optional<StartUnderWay> of(Start start) {
    var server = start.server();
    return start
        .events()
        .latest()
        .map(
            event ->
                new StartUnderWay(
                    server.id(),
                    server.image(),
                    event.phase(),
                    event.done(),
                    event.percent(),
                    event.message()));
  }
}
