package org.homeport.bridge.api;

import io.javalin.http.Context;
import org.homeport.bridge.backup.BackupFeature;
import org.homeport.bridge.home.Users;
import org.homeport.bridge.web.Exchange;
import org.homeport.bridge.web.Items;
import org.homeport.bridge.web.Refused;
import org.homeport.spawn.identity.HubUser;

/** The users that the bridge has served, with account, home and environment folders. */
final class UserEndpoints {
  private final Users users;
  private final BackupFeature backups;

  UserEndpoints(Users users, BackupFeature backups) {
    this.users = users;
    this.backups = backups;
  }

  void list(Context ctx) {
    Exchange.answer(ctx, new Items<>(users.list()));
  }

  /** How the backups of every user stand. */
  void backups(Context ctx) {
    Exchange.answer(ctx, new Items<>(backups.states().of(users.names())));
  }

  void show(Context ctx) {
    var name = ctx.pathParam("user");
    Exchange.answer(
        ctx, users.find(HubUser.of(name)).orElseThrow(() -> Refused.notFound("user", name)));
  }
}
