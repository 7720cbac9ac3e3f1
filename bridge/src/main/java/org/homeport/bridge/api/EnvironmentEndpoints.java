package org.homeport.bridge.api;

import static org.homeport.bridge.web.Route.ADMIN;
import static org.homeport.bridge.web.Route.HUB_OR_READER;
import static org.homeport.bridge.web.Route.READER;
import static org.homeport.bridge.web.Route.delete;
import static org.homeport.bridge.web.Route.get;
import static org.homeport.bridge.web.Route.post;

import io.javalin.http.Context;
import java.util.List;
import java.util.Set;
import org.homeport.bridge.environment.Environments;
import org.homeport.bridge.environment.Pulls;
import org.homeport.bridge.web.Audit;
import org.homeport.bridge.web.BadRequest;
import org.homeport.bridge.web.Endpoints;
import org.homeport.bridge.web.Exchange;
import org.homeport.bridge.web.Items;
import org.homeport.bridge.web.Route;
import org.homeport.bridge.web.SlowWork;
import org.homeport.bridge.web.StrictFields;
import org.homeport.spawn.image.ImageName;

/**
 * The environments that can be spawned: those on offer, fetching one ahead of the users, removing
 * one.
 */
public final class EnvironmentEndpoints implements Endpoints {
  private final Environments environments;
  private final Pulls pulls;
  private final SlowWork slowWork;

  public EnvironmentEndpoints(Environments environments, Pulls pulls, SlowWork slowWork) {
    this.environments = environments;
    this.pulls = pulls;
    this.slowWork = slowWork;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        get("/api/v1/environments", HUB_OR_READER, this::list),
        delete("/api/v1/environments", ADMIN, this::remove).asking("image"),
        post("/api/v1/environments/pulls", ADMIN, this::pull),
        get("/api/v1/environments/pulls", READER, this::pulls));
  }

  void list(Context ctx) {
    Exchange.answer(ctx, environments.offer());
  }

  /** Removes the environment {@code ?image=} from this host. */
  void remove(Context ctx) {
    var text = ctx.queryParam("image");
    if (text == null) {
      throw new BadRequest("image", "No image is named.", "Add ?image= to the address.");
    }
    var image = ImageName.of(text);
    Audit.about(ctx, image);
    slowWork.run(
        ctx,
        () -> {
          environments.remove(image);
          ctx.status(204);
        });
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
}
