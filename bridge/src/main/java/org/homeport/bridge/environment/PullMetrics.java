package org.homeport.bridge.environment;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;

/** Measures of images: those that are fetched, and those that are opened for their files. */
final class PullMetrics {
  private static final String DONE = "done";
  private static final String FAILED = "failed";

  private static final Histogram PULLS =
      Histogram.builder()
          .name("homeport_pull_duration_seconds")
          .help("What pulls took, each counted once however many wait for it")
          .labelNames("result")
          .classicOnly()
          .classicUpperBounds(1, 5, 15, 30, 60, 120, 300, 600, 1800)
          .register();
  private static final Counter PULLED =
      Counter.builder()
          .name("homeport_pull_bytes_total")
          .help("What was fetched from registries, compressed")
          .register();
  private static final Gauge PULLING =
      Gauge.builder().name("homeport_pulls_under_way").help("Images that are fetched").register();
  private static final Counter OPENED =
      Counter.builder()
          .name("homeport_seed_images_opened_total")
          .help("Images whose files were not in the seed cache")
          .register();

  // What never happened is told as 0, since no rate is known of what appears as 1.
  static {
    PULLS.initLabelValues(DONE);
    PULLS.initLabelValues(FAILED);
  }

  private PullMetrics() {}

  static void begun() {
    PULLING.inc();
  }

  static void ended(boolean done, double seconds, long bytes) {
    PULLING.dec();
    PULLS.labelValues(done ? DONE : FAILED).observe(seconds);
    PULLED.inc(bytes);
  }

  static void opened() {
    OPENED.inc();
  }
}
