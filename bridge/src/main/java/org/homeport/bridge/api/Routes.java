package org.homeport.bridge.api;

import static org.homeport.bridge.web.Route.ADMIN;
import static org.homeport.bridge.web.Route.ANYONE;
import static org.homeport.bridge.web.Route.HUB;
import static org.homeport.bridge.web.Route.HUB_OR_READER;
import static org.homeport.bridge.web.Route.READER;
import static org.homeport.bridge.web.Route.delete;
import static org.homeport.bridge.web.Route.get;
import static org.homeport.bridge.web.Route.post;

import java.util.List;
import org.homeport.bridge.run.Run.Kind;
import org.homeport.bridge.web.Route;

/**
 * The table of contents of the API: every path, who may call it, and what answers. A route of the
 * API is described in {@code openapi.yaml} as well.
 */
final class Routes {
  private Routes() {}

  static List<Route> of(
      HealthEndpoints health,
      ServerEndpoints servers,
      PlanEndpoints plans,
      EnvironmentEndpoints environments,
      UserEndpoints users,
      BackupEndpoints backups,
      DriveEndpoints drive,
      TokenEndpoints tokens,
      MetricsEndpoint metrics) {
    return List.of(
        get("/healthz", ANYONE, health::alive),
        get("/readyz", ANYONE, health::ready),
        get("/openapi.json", ANYONE, health::describe),
        get("/metrics", READER, metrics::metrics),
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
        get("/api/v1/environments", HUB_OR_READER, environments::list),
        delete("/api/v1/environments", ADMIN, environments::remove),
        post("/api/v1/environments/pulls", ADMIN, environments::pull),
        get("/api/v1/environments/pulls", READER, environments::pulls),
        //
        get("/api/v1/users", READER, users::list),
        get("/api/v1/users/{user}", READER, users::show),
        get("/api/v1/backups", READER, users::backups),
        //
        post("/api/v1/users/{user}/backups", ADMIN, backups::backUp),
        get("/api/v1/users/{user}/backups", READER, backups.list(Kind.BACKUP)),
        get("/api/v1/users/{user}/backups/{number}", READER, backups.show(Kind.BACKUP)),
        get("/api/v1/users/{user}/backups/{number}/events", READER, backups.events(Kind.BACKUP)),
        get("/api/v1/users/{user}/backups/{number}/files", ADMIN, backups::files),
        post("/api/v1/users/{user}/restores", ADMIN, backups::restore),
        get("/api/v1/users/{user}/restores", READER, backups.list(Kind.RESTORE)),
        get("/api/v1/users/{user}/restores/{number}", READER, backups.show(Kind.RESTORE)),
        get("/api/v1/users/{user}/restores/{number}/events", READER, backups.events(Kind.RESTORE)),
        post("/api/v1/users/{user}/verifications", ADMIN, backups::verify),
        get("/api/v1/users/{user}/verifications", READER, backups.list(Kind.VERIFICATION)),
        get("/api/v1/users/{user}/verifications/{number}", READER, backups.show(Kind.VERIFICATION)),
        get(
            "/api/v1/users/{user}/verifications/{number}/events",
            READER,
            backups.events(Kind.VERIFICATION)),
        get("/api/v1/users/{user}/versions", ADMIN, backups::versions),
        get("/api/v1/users/{user}/download", ADMIN, backups::download),
        //
        get("/api/v1/users/{user}/drive", READER, drive::show),
        post("/api/v1/users/{user}/drive", ADMIN, drive::begin),
        post("/api/v1/users/{user}/drive/callback", ADMIN, drive::finish),
        post("/api/v1/users/{user}/drive/grant", HUB, drive::handOver),
        delete("/api/v1/users/{user}/drive", ADMIN, drive::disconnect),
        //
        post("/api/v1/tokens", ADMIN, tokens::create),
        get("/api/v1/tokens", ADMIN, tokens::list),
        delete("/api/v1/tokens/{id}", ADMIN, tokens::revoke));
  }
}
