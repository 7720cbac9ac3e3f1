package org.homeport.bridge.api;

import static org.homeport.bridge.web.Route.ANYONE;
import static org.homeport.bridge.web.Route.HUB_OR_READER;
import static org.homeport.bridge.web.Route.get;

import io.javalin.http.ContentType;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import org.homeport.bridge.server.Overview;
import org.homeport.bridge.web.Endpoints;
import org.homeport.bridge.web.Exchange;
import org.homeport.bridge.web.Refused;
import org.homeport.bridge.web.Route;

/** Whether the bridge is alive, whether it can work, and how it is. */
public final class HealthEndpoints implements Endpoints {
  private final Overview overview;

  public HealthEndpoints(Overview overview) {
    this.overview = overview;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        get("/healthz", ANYONE, this::alive),
        get("/readyz", ANYONE, this::ready),
        get("/openapi.json", ANYONE, this::describe),
        get("/api/v1/status", HUB_OR_READER, this::status));
  }

  /** Asks nobody else: a bridge without an engine needs no restart. */
  void alive(Context ctx) {
    Exchange.answer(ctx, Map.of("status", "ok"));
  }

  void ready(Context ctx) {
    if (!overview.databaseAnswers()) {
      throw new Refused(
          503,
          "database-unavailable",
          "The database does not answer.",
          "See whether its disk is full; the bridge's log tells more.");
    }
    overview.engineRemedy().ifPresent(HealthEndpoints::refuse);
    Exchange.answer(ctx, Map.of("status", "ready"));
  }

  private static void refuse(String remedy) {
    throw new Refused(503, "engine-unavailable", "The container engine does not answer.", remedy);
  }

  /** The description of the API for programs. */
  void describe(Context ctx) {
    ctx.contentType(ContentType.APPLICATION_JSON).result(OpenApi.json(overview.version()));
  }

  void status(Context ctx) {
    Exchange.answer(ctx, overview.status());
  }
}
