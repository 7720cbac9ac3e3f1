package org.homeport.bridge.api;

import io.javalin.http.Context;
import org.homeport.bridge.home.Users;
import org.homeport.spawn.identity.HubUser;

/** The users that the bridge has served, with account, home and environment folders. */
final class UserEndpoints {
  private final Users users;

  UserEndpoints(Users users) {
    this.users = users;
  }

  void list(Context ctx) {
    Exchange.answer(ctx, new Items<>(users.list()));
  }

  void show(Context ctx) {
    var name = ctx.pathParam("user");
    Exchange.answer(
        ctx, users.find(HubUser.of(name)).orElseThrow(() -> Refused.notFound("user", name)));
  }
}
