package org.homeport.bridge.night;

import io.prometheus.metrics.core.metrics.Gauge;
import java.util.Optional;

/** Measures how the last night went. */
public final class NightMetrics {
  private static final Gauge SUCCESS =
      Gauge.builder()
          .name("homeport_backup_night_success")
          .help("1 when the last night saved every home, 0 when it did not")
          .register();
  private static final Gauge ENDED =
      Gauge.builder()
          .name("homeport_backup_night_end_timestamp_seconds")
          .help("When the last night ended")
          .register();

  private NightMetrics() {}

  /** Brings up to date what is looked at rather than counted. */
  public static void look(Optional<LastNight> last) {
    last.filter(night -> night.endedAt().isPresent())
        .ifPresent(
            night -> {
              SUCCESS.set(night.success().orElse(false) ? 1 : 0);
              ENDED.set(night.endedAt().orElseThrow().getEpochSecond());
            });
  }
}
