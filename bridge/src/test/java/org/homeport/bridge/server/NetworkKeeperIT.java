package org.homeport.bridge.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.homeport.bridge.engine.docker.EngineBed;
import org.junit.jupiter.api.Test;

class NetworkKeeperIT {
  @Test
  void aNetworkThatIsPrunedIsBackSoonAndTheSame() {
    try (var bed = new EngineBed();
        var keeper = new NetworkKeeper(bed.engine(), Duration.ofMillis(100))) {
      var before = bed.engine().network();
      keeper.start();
      bed.docker("network", "rm", bed.network());
      await()
          .until(
              () ->
                  !bed.docker(
                          "network", "ls", "--quiet", "--filter", "name=^" + bed.network() + "$")
                      .isEmpty());
      assertThat(bed.engine().network()).isEqualTo(before);
    }
  }
}
