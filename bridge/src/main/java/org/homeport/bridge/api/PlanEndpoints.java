package org.homeport.bridge.api;

import io.javalin.http.Context;
import org.homeport.bridge.server.ServerRequest;
import org.homeport.bridge.server.Servers;
import org.homeport.bridge.web.Exchange;
import org.homeport.bridge.web.SlowWork;

/** What a spawn would look like. */
final class PlanEndpoints {
  private final Servers servers;
  private final SlowWork slowWork;

  PlanEndpoints(Servers servers, SlowWork slowWork) {
    this.servers = servers;
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
}
