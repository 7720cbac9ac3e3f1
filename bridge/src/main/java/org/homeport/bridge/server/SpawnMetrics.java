package org.homeport.bridge.server;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import java.util.Map;
import org.homeport.bridge.server.Server.State;
import org.homeport.spawn.progress.Progress.Phase;

/** Measures of servers: their starts, the line, the homes that are prepared for them. */
public final class SpawnMetrics {
  private static final String DONE = "done";
  private static final String FAILED = "failed";
  private static final double[] SECONDS = {0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60, 120, 300};

  private static final Histogram SPAWNS =
      Histogram.builder()
          .name("homeport_spawn_duration_seconds")
          .help("From the request to the server's first answer, or to the end of the start")
          .labelNames("result")
          .classicOnly()
          .classicUpperBounds(SECONDS)
          .register();
  private static final Histogram PHASES =
      Histogram.builder()
          .name("homeport_spawn_phase_duration_seconds")
          .help("What the phases of starts took; queued is the wait in line")
          .labelNames("phase")
          .classicOnly()
          .classicUpperBounds(SECONDS)
          .register();
  private static final Gauge LINE =
      Gauge.builder()
          .name("homeport_spawn_queue_length")
          .help("Starts that wait for their turn")
          .register();
  private static final Histogram SEEDINGS =
      Histogram.builder()
          .name("homeport_seed_duration_seconds")
          .help("What it took to prepare homes: most are up to date, others get files")
          .labelNames("result")
          .classicOnly()
          .classicUpperBounds(0.005, 0.025, 0.1, 0.5, 1, 2, 4, 8, 15, 30, 60)
          .register();
  private static final Counter SEEDED =
      Counter.builder()
          .name("homeport_seed_files_total")
          .help("Files of images that were put into environment folders")
          .register();
  private static final Gauge SERVERS =
      Gauge.builder()
          .name("homeport_servers")
          .help("Servers in each state")
          .labelNames("state")
          .register();

  // What never happened is told as 0, since no rate is known of what appears as 1.
  static {
    for (var result : new State[] {State.RUNNING, State.FAILED, State.STOPPED}) {
      SPAWNS.initLabelValues(result.toString());
    }
    for (var result : new String[] {DONE, FAILED}) {
      SEEDINGS.initLabelValues(result);
    }
  }

  private SpawnMetrics() {}

  static void spawned(State result, double seconds) {
    SPAWNS.labelValues(result.toString()).observe(seconds);
  }

  static void passed(Phase phase, double seconds) {
    PHASES.labelValues(phase.toString()).observe(seconds);
  }

  static void waiting(int starts) {
    LINE.set(starts);
  }

  static void seeded(boolean done, double seconds, long files) {
    SEEDINGS.labelValues(done ? DONE : FAILED).observe(seconds);
    SEEDED.inc(files);
  }

  /** Brings up to date what is looked at rather than counted. */
  public static void look(Map<State, Long> servers) {
    for (var state : State.values()) {
      SERVERS.labelValues(state.toString()).set(servers.getOrDefault(state, 0L));
    }
  }
}
