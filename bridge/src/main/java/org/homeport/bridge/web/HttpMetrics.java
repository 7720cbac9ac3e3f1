package org.homeport.bridge.web;

import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;

/** The metrics of requests. */
public final class HttpMetrics {
  private static final Histogram REQUESTS =
      Histogram.builder()
          .name("homeport_http_request_duration_seconds")
          .help("What requests took; streams of events last as long as somebody listens")
          .labelNames("method", "route", "status")
          .classicOnly()
          .classicUpperBounds(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
          .register();

  private static final Gauge AUDIT_FAILING =
      Gauge.builder()
          .name("homeport_audit_failing")
          .help("1 while it cannot be written down who asks for what")
          .register();

  private HttpMetrics() {}

  /** Brings up to date what is looked at rather than counted. */
  public static void look(boolean auditFails) {
    AUDIT_FAILING.set(auditFails ? 1 : 0);
  }

  /**
   * Counts a request.
   *
   * @param route as the list of routes has it, so that names of users make no labels
   */
  public static void answered(String method, String route, int status, double seconds) {
    REQUESTS.labelValues(method, route, Integer.toString(status)).observe(seconds);
  }
}
