package org.homeport.bridge.api;

import io.javalin.http.Context;
import java.util.Set;
import org.homeport.bridge.server.BadRequest;
import org.homeport.bridge.server.Environments;
import org.homeport.bridge.server.Pulls;
import org.homeport.bridge.server.ServerRequest;
import org.homeport.bridge.server.Servers;
import org.homeport.bridge.server.StrictFields;
import org.homeport.spawn.image.ImageName;

/** What a spawn would look like, and what can be spawned. */
final class PlanEndpoints {
  private final Servers servers;
  private final Environments environments;
  private final Pulls pulls;
  private final SlowWork slowWork;

  PlanEndpoints(Servers servers, Environments environments, Pulls pulls, SlowWork slowWork) {
    this.servers = servers;
    this.environments = environments;
    this.pulls = pulls;
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

  /** Begins to fetch an environment, or joins the fetch under way. */
  void pull(Context ctx) {
    var fields = new StrictFields(Exchange.body(ctx), "", Set.of("image"));
    var pull = pulls.start(fields.required("image", ImageName::of));
    Exchange.location(ctx, "environments", "pulls");
    Exchange.answer(ctx, 202, pull);
  }

  void pulls(Context ctx) {
    Exchange.answer(ctx, new Items<>(pulls.list()));
  }

  /** Removes the environment {@code ?image=} from this host. */
  void remove(Context ctx) {
    var image = ctx.queryParam("image");
    if (image == null) {
      throw new BadRequest("image", "No image is named.", "Add ?image= to the address.");
    }
    var name = ImageName.of(image);
    Audit.about(ctx, name);
    environments.remove(name);
    ctx.status(204);
  }

  void environments(Context ctx) {
    Exchange.answer(ctx, environments.offer());
  }
}
