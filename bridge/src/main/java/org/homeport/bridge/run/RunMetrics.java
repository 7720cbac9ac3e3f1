package org.homeport.bridge.run;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import java.time.Duration;

/** Measures how long runs take and how much they move. */
final class RunMetrics {
  private static final Histogram RUNS =
      Histogram.builder()
          .name("homeport_backup_run_duration_seconds")
          .help("What backups, restores and verifications took")
          .labelNames("kind", "status")
          .classicOnly()
          .classicUpperBounds(1, 5, 15, 60, 300, 900, 3600, 4 * 3600)
          .register();
  private static final Counter SENT =
      Counter.builder()
          .name("homeport_backup_sent_bytes_total")
          .help("What runs sent to the storage of the backups, or fetched from it")
          .labelNames("kind")
          .register();

  private RunMetrics() {}

  static void ended(Run run) {
    var end = run.endedAt().orElse(run.startedAt());
    RUNS.labelValues(run.kind().toString(), run.status().toString())
        .observe(Duration.between(run.startedAt(), end).toMillis() / 1e3);
    SENT.labelValues(run.kind().toString()).inc(run.report().bytesSent());
  }
}
