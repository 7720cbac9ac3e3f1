package org.homeport.bridge.engine.docker;

import io.prometheus.metrics.core.metrics.Histogram;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Measures of calls to the engine. */
final class EngineMetrics {
  private static final Histogram CALLS =
      Histogram.builder()
          .name("homeport_docker_call_duration_seconds")
          .help("What calls to the container engine took; result is done, rejected or unavailable")
          .labelNames("operation", "result")
          .classicOnly()
          .classicUpperBounds(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
          .register();
  private static final int VERB_AND_OBJECT = 3;
  private static final Set<String> FILLERS = Set.of("the", "its", "to", "of", "begin");

  private EngineMetrics() {}

  /**
   * Counts a call.
   *
   * @param what such as "inspect the container ada", of which only the beginning is a label
   */
  static void called(String what, String result, double seconds) {
    var operation =
        Stream.of(what.split(" "))
            .limit(VERB_AND_OBJECT)
            .filter(word -> !FILLERS.contains(word))
            .collect(Collectors.joining("_"));
    CALLS.labelValues(operation, result).observe(seconds);
  }
}
