package org.homeport.bridge.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.homeport.spawn.image.ImageName;
import org.homeport.spawn.progress.Progress.Phase;
import org.junit.jupiter.api.Test;

class StartUnderWayTest {
  @Test
  void whatIsFurthestComesFirstAndTheLineInItsOrder() {
    var starts =
        Stream.of(
            at("third", Phase.QUEUED, 2, 0),
            at("almost", Phase.WAITING, 0, 93),
            at("next", Phase.QUEUED, 0, 0),
            at("copies", Phase.SEEDING, 1, 41),
            at("second", Phase.QUEUED, 1, 0),
            at("copied", Phase.SEEDING, 9, 89));

    assertThat(starts.sorted(StartUnderWay.FURTHEST_FIRST).map(StartUnderWay::id))
        .containsExactly("almost", "copied", "copies", "next", "second", "third");
  }

  private static StartUnderWay at(String id, Phase phase, long done, int percent) {
    return new StartUnderWay(id, ImageName.of("a/b:1"), phase, done, percent, "");
  }
}
