package org.homeport.bridge.api;

import static org.homeport.bridge.web.Route.HUB;
import static org.homeport.bridge.web.Route.post;

import io.javalin.http.Context;
import java.util.List;
import org.homeport.bridge.server.ServerRequest;
import org.homeport.bridge.server.Servers;
import org.homeport.bridge.web.Endpoints;
import org.homeport.bridge.web.Exchange;
import org.homeport.bridge.web.Route;
import org.homeport.bridge.web.SlowWork;

/** The plan of a spawn, without the spawn. */
public final class PlanEndpoints implements Endpoints {
  private final Servers servers;
  private final SlowWork slowWork;

  public PlanEndpoints(Servers servers, SlowWork slowWork) {
    this.servers = servers;
    this.slowWork = slowWork;
  }

  @Override
  public List<Route> routes() {
    return List.of(post("/api/v1/plans", HUB, this::plan).asking("dry-run"));
  }

  /** Prepares the home and tells the plan; {@code ?dry-run} only tells. */
  void plan(Context ctx) {
    var request = ServerRequest.of(Exchange.body(ctx)).spawn();
    if (Exchange.flag(ctx, "dry-run")) {
      Exchange.answer(ctx, servers.plan(request));
    } else {
      slowWork.run(ctx, () -> Exchange.answer(ctx, servers.prepare(request)));
    }
  }
}
