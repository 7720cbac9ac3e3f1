package org.homeport.bridge.api;

import static org.homeport.bridge.web.Route.READER;
import static org.homeport.bridge.web.Route.get;

import io.javalin.http.Context;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.util.List;
import org.homeport.bridge.web.Endpoints;
import org.homeport.bridge.web.Route;

/** Serves the metrics to Prometheus. */
public final class MetricsEndpoint implements Endpoints {
  private final List<Runnable> looks;

  /**
   * @param looks bring up to date the metrics that are looked at rather than counted
   */
  public MetricsEndpoint(List<Runnable> looks) {
    this.looks = List.copyOf(looks);
  }

  @Override
  public List<Route> routes() {
    return List.of(get("/metrics", READER, this::metrics));
  }

  /** Writes what was counted since the start of the bridge, and the current values. */
  synchronized void metrics(Context ctx) throws IOException {
    looks.forEach(Runnable::run);
    ctx.contentType(PrometheusTextFormatWriter.CONTENT_TYPE);
    PrometheusTextFormatWriter.create()
        .write(ctx.outputStream(), PrometheusRegistry.defaultRegistry.scrape());
  }
}
