package org.homeport.bridge.backup;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.run.LastRuns;
import org.homeport.bridge.run.Run;
import org.homeport.bridge.tree.TreeId;

/** Remembers which night is under way, through restarts; of several bridges one ends it. */
public final class Nights {
  /** Names the night as the one who started a run. */
  public static final String NIGHTLY = "nightly";

  private final NightTable table;
  private final LastRuns runs;
  private final NightListener listener;
  private final Clock clock;

  public Nights(Database database, NightListener listener, Clock clock) {
    this.table = new NightTable(database);
    this.runs = new LastRuns(database);
    this.listener = listener;
    this.clock = clock;
  }

  /**
   * Begins a night; one that was not ended goes on in it.
   *
   * @param begun before the first of its backups
   */
  public void begin(Instant begun) {
    table.begin(begun);
    listener.nightBegan(begun);
  }

  public boolean isUnderWay() {
    return table.begun().isPresent();
  }

  /** Ends the night, when one is under way that nobody else has ended. */
  public void end() {
    table
        .begun()
        .filter(table::end)
        .map(begun -> new Night(begun, clock.instant(), lastOfEachHome(begun)))
        .ifPresent(listener::nightEnded);
  }

  private List<Run> lastOfEachHome(Instant begun) {
    var last = new LinkedHashMap<TreeId, Run>();
    runs.backupsSince(begun, NIGHTLY).forEach(run -> last.put(run.tree(), run));
    return List.copyOf(last.values());
  }
}
