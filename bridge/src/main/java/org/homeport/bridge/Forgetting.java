package org.homeport.bridge;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.homeport.bridge.home.Users;
import org.homeport.bridge.remote.drive.DriveAccounts;
import org.homeport.bridge.run.Run;
import org.homeport.bridge.run.Runs;
import org.homeport.bridge.server.Server;
import org.homeport.bridge.tree.TreeId;
import org.homeport.bridge.tree.TreeTable;
import org.homeport.spawn.identity.HubUser;
import org.homeport.spawn.refusal.SpawnRefused;

/**
 * Forgets all that is remembered of a user who has left. No file is touched, neither in the home
 * nor where it is saved to. Repeatable.
 */
record Forgetting(
    Supplier<List<Server>> servers,
    Consumer<String> forgetServer,
    Runs runs,
    Optional<DriveAccounts> drive,
    TreeTable trees,
    Users users)
    implements Consumer<HubUser> {

  /**
   * @throws SpawnRefused while something of the user's is under way
   */
  @Override
  public void accept(HubUser user) {
    var home = TreeId.home(user);
    var own = servers.get().stream().filter(server -> server.user().equals(user)).toList();
    if (!own.stream().allMatch(server -> server.state().isAtRest())) {
      throw busy("A server of " + user + " is running.", "Stop it first.");
    }
    if (isAnythingUnderWay(home)) {
      throw savedNow(user);
    }
    // None begins meanwhile: it would go on with half of what is remembered.
    try (var lease =
        runs.beginAlone(home, Run.Kind.VERIFICATION, "forget").orElseThrow(() -> savedNow(user))) {
      var ended = runs.carryOut(lease.run(), progress -> forget(user, own));
      if (ended.status() != Run.Status.DONE) {
        throw busy(user + " is not forgotten: " + ended.report().message(), "Try again.");
      }
    }
  }

  private void forget(HubUser user, List<Server> own) {
    own.stream().map(Server::id).forEach(forgetServer);
    drive.ifPresent(accounts -> accounts.disconnect(user));
    trees.forget(TreeId.home(user));
    users.forget(user);
  }

  private static SpawnRefused savedNow(HubUser user) {
    return busy("A backup or restore of " + user + " is under way.", "Wait for its end.");
  }

  private boolean isAnythingUnderWay(TreeId home) {
    return Stream.of(Run.Kind.values())
        .flatMap(kind -> runs.latest(home, kind, 1).stream())
        .anyMatch(Run::isRunning);
  }

  private static SpawnRefused busy(String message, String remedy) {
    return new SpawnRefused("busy", message, remedy);
  }
}
