package org.homeport.bridge.schedule;

import io.prometheus.metrics.core.metrics.Counter;

/** Counts the works that failed. */
final class WorkMetrics {
  private static final Counter FAILURES =
      Counter.builder()
          .name("homeport_work_failures_total")
          .help("Works of the schedule that ended by a failure that nobody expected")
          .labelNames("work")
          .register();

  private WorkMetrics() {}

  static void failed(Work work) {
    FAILURES.labelValues(work.name()).inc();
  }
}
