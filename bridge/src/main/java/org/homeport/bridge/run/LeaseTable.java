package org.homeport.bridge.run;

import java.time.Instant;
import java.util.Optional;
import org.homeport.bridge.database.Database;
import org.homeport.spawn.identity.HubUser;

/** The SQL of the leases: who writes to the storage of a user, and until when. */
final class LeaseTable {
  private final Database database;

  LeaseTable(Database database) {
    this.database = database;
  }

  /** The run that has the storage of the user now, if any has. */
  Optional<Long> heldBy(HubUser user, Instant now) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT run FROM backup_leases WHERE user_name = :user AND until > :now")
                .bind("user", user.name())
                .bind("now", now.toEpochMilli())
                .mapTo(Long.class)
                .findOne());
  }

  /** Takes the lease and begins a run with it; empty when somebody has the lease. */
  Optional<Run> take(
      HubUser user, String holder, Run.Kind kind, String startedBy, Instant now, Instant until) {
    return database.write(
        handle -> {
          // The row first: two bridges on PostgreSQL then wait for each other here.
          var taken =
              handle
                  .createUpdate(
                      "INSERT INTO backup_leases (user_name, holder, run, until)"
                          + " VALUES (:user, :holder, 0, :until)"
                          + " ON CONFLICT (user_name) DO UPDATE SET holder = excluded.holder,"
                          + " until = excluded.until WHERE backup_leases.until <= :now")
                  .bind("user", user.name())
                  .bind("holder", holder)
                  .bind("now", now.toEpochMilli())
                  .bind("until", until.toEpochMilli())
                  .execute();
          if (taken == 0) {
            return Optional.empty();
          }
          RunTable.endAbandoned(handle, user, now);
          var run = RunTable.begin(handle, user, kind, startedBy, now);
          handle.execute(
              "UPDATE backup_leases SET run = ? WHERE user_name = ?", run.number(), user.name());
          return Optional.of(run);
        });
  }

  /** Whether the holder still has it, and has it until then. */
  boolean renew(HubUser user, String holder, Instant until) {
    return database.write(
            handle ->
                handle.execute(
                    "UPDATE backup_leases SET until = ? WHERE user_name = ? AND holder = ?",
                    until.toEpochMilli(),
                    user.name(),
                    holder))
        == 1;
  }

  void release(HubUser user, String holder) {
    database.write(
        handle ->
            handle.execute(
                "DELETE FROM backup_leases WHERE user_name = ? AND holder = ?",
                user.name(),
                holder));
  }
}
