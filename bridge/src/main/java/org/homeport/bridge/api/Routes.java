package org.homeport.bridge.api;

import static org.homeport.bridge.api.Route.ADMIN;
import static org.homeport.bridge.api.Route.ANYONE;
import static org.homeport.bridge.api.Route.HUB;
import static org.homeport.bridge.api.Route.HUB_OR_READER;
import static org.homeport.bridge.api.Route.READER;
import static org.homeport.bridge.api.Route.delete;
import static org.homeport.bridge.api.Route.get;
import static org.homeport.bridge.api.Route.post;

import java.util.List;

/** The table of contents of the API: every path, who may call it, and what answers. */
final class Routes {
  private Routes() {}

  static List<Route> of(
      HealthEndpoints health,
      ServerEndpoints servers,
      PlanEndpoints plans,
      UserEndpoints users,
      TokenEndpoints tokens) {
    return List.of(
        get("/healthz", ANYONE, health::alive),
        get("/readyz", ANYONE, health::ready),
        get("/api/v1/status", HUB_OR_READER, health::status),
        //
        post("/api/v1/servers", HUB, servers::start),
        get("/api/v1/servers", HUB_OR_READER, servers::list),
        get("/api/v1/servers/{id}", HUB_OR_READER, servers::show),
        delete("/api/v1/servers/{id}", HUB, servers::stop),
        get("/api/v1/servers/{id}/events", HUB_OR_READER, servers::events),
        get("/api/v1/servers/{id}/log", HUB_OR_READER, servers::log),
        //
        post("/api/v1/plans", HUB, plans::plan),
        get("/api/v1/environments", HUB_OR_READER, plans::environments),
        //
        get("/api/v1/users", READER, users::list),
        get("/api/v1/users/{user}", READER, users::show),
        //
        post("/api/v1/tokens", ADMIN, tokens::create),
        get("/api/v1/tokens", ADMIN, tokens::list),
        delete("/api/v1/tokens/{id}", ADMIN, tokens::revoke));
  }
}
