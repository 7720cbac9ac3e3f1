package org.homeport.bridge.api;

import static org.homeport.bridge.web.Route.ADMIN;
import static org.homeport.bridge.web.Route.READER;
import static org.homeport.bridge.web.Route.delete;
import static org.homeport.bridge.web.Route.get;

import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.homeport.bridge.backup.BackupFeature;
import org.homeport.bridge.backup.HomeStates.HomeState;
import org.homeport.bridge.home.Users;
import org.homeport.bridge.night.LastNight;
import org.homeport.bridge.night.Nights;
import org.homeport.bridge.web.Endpoints;
import org.homeport.bridge.web.Exchange;
import org.homeport.bridge.web.Items;
import org.homeport.bridge.web.Refused;
import org.homeport.bridge.web.Route;
import org.homeport.spawn.identity.HubUser;

/** The users that the bridge has served, with account, home and environment folders. */
public final class UserEndpoints implements Endpoints {
  private final Users users;
  private final BackupFeature backups;
  private final Nights nights;
  private final Consumer<HubUser> forgetting;

  /** The state of the backups of all homes, and of the last night. */
  private record Standing(List<HomeState> items, Optional<LastNight> night) {}

  /**
   * @param forgetting forgets all that is remembered of a user
   */
  public UserEndpoints(
      Users users, BackupFeature backups, Nights nights, Consumer<HubUser> forgetting) {
    this.forgetting = forgetting;
    this.nights = nights;
    this.users = users;
    this.backups = backups;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        get("/api/v1/users", READER, this::list),
        get("/api/v1/users/{user}", READER, this::show),
        delete("/api/v1/users/{user}", ADMIN, this::forget),
        get("/api/v1/backups", READER, this::backups));
  }

  void list(Context ctx) {
    Exchange.answer(ctx, new Items<>(users.list()));
  }

  /** Lists the state of every user's backups. */
  void backups(Context ctx) {
    Exchange.answer(ctx, new Standing(backups.states().of(users.names()), nights.last()));
  }

  /** Forgets a user who has left; touches no file. */
  void forget(Context ctx) {
    forgetting.accept(HubUser.of(ctx.pathParam("user")));
    ctx.status(204);
  }

  void show(Context ctx) {
    var name = ctx.pathParam("user");
    Exchange.answer(
        ctx, users.find(HubUser.of(name)).orElseThrow(() -> Refused.notFound("user", name)));
  }
}
