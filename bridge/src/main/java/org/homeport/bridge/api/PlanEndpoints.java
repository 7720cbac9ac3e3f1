package org.homeport.bridge.api;

import io.javalin.http.Context;
import org.homeport.bridge.server.Environments;
import org.homeport.bridge.server.ServerRequest;
import org.homeport.bridge.server.Servers;

/** What a spawn would look like, and what can be spawned. */
final class PlanEndpoints {
  private final Servers servers;
  private final Environments environments;
  private final SlowWork slowWork;

  PlanEndpoints(Servers servers, Environments environments, SlowWork slowWork) {
    this.servers = servers;
    this.environments = environments;
    this.slowWork = slowWork;
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

  void environments(Context ctx) {
    Exchange.answer(ctx, environments.offer());
  }
}
