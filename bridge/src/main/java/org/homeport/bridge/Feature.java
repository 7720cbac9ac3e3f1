package org.homeport.bridge;

import java.util.List;
import org.homeport.bridge.pages.Chapter;
import org.homeport.bridge.schedule.Work;
import org.homeport.bridge.web.Endpoints;

/**
 * The parts that a feature brings.
 *
 * @param looks bring the metrics up to date that are looked at rather than counted
 */
record Feature(
    List<Endpoints> endpoints, List<Chapter> chapters, List<Work> works, List<Runnable> looks) {

  /** A feature that does nothing by the clock. */
  static Feature of(List<Endpoints> endpoints, List<Chapter> chapters, Runnable... looks) {
    return new Feature(endpoints, chapters, List.of(), List.of(looks));
  }
}
