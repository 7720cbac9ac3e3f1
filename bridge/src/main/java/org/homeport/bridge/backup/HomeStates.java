package org.homeport.bridge.backup;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.run.LastRunTable;
import org.homeport.bridge.run.Report;
import org.homeport.bridge.run.Run;
import org.homeport.bridge.tree.TreeId;
import org.homeport.spawn.identity.HubUser;

/** Reads the state of the backups of all homes in one look. */
public final class HomeStates {
  private final LastRunTable runs;

  /**
   * The state of the backups of one home.
   *
   * @param status of the last backup; empty when there was none
   * @param lastSaved when the last backup that saved something ended
   * @param failures how many backups went wrong since
   * @param files what the home held then, without what is left out
   * @param skipped how much was left out
   * @param message of the last backup; empty when all is well
   */
  public record HomeState(
      HubUser user,
      Optional<Run.Status> status,
      Optional<Instant> lastSaved,
      int failures,
      long files,
      long bytes,
      long skipped,
      String message) {}

  HomeStates(Database database) {
    this.runs = new LastRunTable(database);
  }

  /** Of these users and of all who have ever been saved, by name. */
  public List<HomeState> of(Collection<HubUser> known) {
    var last = byUser(runs.last());
    var saved = byUser(runs.lastSaved());
    var failures = runs.failuresSinceSaved();
    var names = new TreeSet<String>();
    known.forEach(user -> names.add(user.name()));
    last.keySet().forEach(user -> names.add(user.name()));
    var states = new ArrayList<HomeState>();
    for (var name : names) {
      var user = HubUser.of(name);
      var latest = Optional.ofNullable(last.get(user));
      var good = Optional.ofNullable(saved.get(user));
      var report = good.map(Run::report).orElse(Report.EMPTY);
      states.add(
          new HomeState(
              user,
              latest.map(Run::status),
              good.flatMap(Run::endedAt),
              failures.getOrDefault(TreeId.home(user), 0),
              report.filesKnown(),
              report.bytesKnown(),
              report.skippedCount(),
              latest.map(run -> run.report().message()).orElse("")));
    }
    return states;
  }

  private static Map<HubUser, Run> byUser(List<Run> runs) {
    return runs.stream().collect(Collectors.toMap(Run::user, Function.identity()));
  }
}
