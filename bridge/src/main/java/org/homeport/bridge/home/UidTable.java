package org.homeport.bridge.home;

import java.util.Optional;
import java.util.OptionalInt;
import org.homeport.bridge.database.Database;
import org.homeport.spawn.identity.HubUser;
import org.homeport.spawn.identity.UidLedger;
import org.homeport.spawn.identity.UidRange;

/** The table {@code uids}. */
public final class UidTable implements UidLedger {
  private final Database database;

  public UidTable(Database database) {
    this.database = database;
  }

  @Override
  public OptionalInt uidOf(HubUser user) {
    return optional(
        database.read(
            handle ->
                handle
                    .createQuery("SELECT uid FROM uids WHERE user_name = :user")
                    .bind("user", user.name())
                    .mapTo(Integer.class)
                    .findOne()));
  }

  @Override
  public OptionalInt highest(UidRange range) {
    return optional(
        database.read(
            handle ->
                handle
                    .createQuery("SELECT MAX(uid) FROM uids WHERE uid BETWEEN :first AND :last")
                    .bind("first", range.first())
                    .bind("last", range.last())
                    .mapTo(Integer.class)
                    .findOne()));
  }

  @Override
  public boolean claim(HubUser user, int uid) {
    var inserted =
        database.write(
            handle ->
                handle.execute(
                    "INSERT INTO uids (user_name, uid) VALUES (?, ?) ON CONFLICT DO NOTHING",
                    user.name(),
                    uid));
    return inserted == 1;
  }

  private static OptionalInt optional(Optional<Integer> value) {
    return value.map(OptionalInt::of).orElse(OptionalInt.empty());
  }
}
