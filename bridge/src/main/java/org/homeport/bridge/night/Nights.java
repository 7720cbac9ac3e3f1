package org.homeport.bridge.night;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.run.LastRunTable;
import org.homeport.bridge.run.Run;
import org.homeport.bridge.tree.TreeId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Remembers which night is under way, through restarts; of several bridges one ends it. */
public final class Nights {
  private static final Logger log = LoggerFactory.getLogger(Nights.class);

  /** Names the night as the one who started a run. */
  public static final String NIGHTLY = "nightly";

  private final NightTable table;
  private final LastRunTable runs;
  private final NightListener listener;
  private final Clock clock;

  public Nights(Database database, NightListener listener, Clock clock) {
    this.table = new NightTable(database);
    this.runs = new LastRunTable(database);
    this.listener = listener;
    this.clock = clock;
  }

  /**
   * Begins a night; one that was not ended goes on in it.
   *
   * @param begun before the first of its backups
   * @param homes that it is to save
   */
  void begin(Instant begun, List<TreeId> homes) {
    table.begin(begun, homes);
    listener.nightBegan(begun);
  }

  /** Notes that a user is gone from the host: the night in which it is noticed names the user. */
  void noteGone(TreeId home) {
    table.noteGone(home, clock.instant());
  }

  void noteThere(TreeId home) {
    table.noteThere(home);
  }

  /** Tells that a night could not be carried out. */
  void failed(Instant begun, RuntimeException why) {
    log.error("The night could not be planned.", why);
    var problem = "The night could not be planned: " + why;
    var night = Night.failed(begun, clock.instant(), problem);
    try {
      table.fail(night);
    } catch (RuntimeException e) {
      log.error("It could not be written down that the night failed.", e);
    }
    listener.nightEnded(night);
  }

  boolean isUnderWay() {
    return table.begun().isPresent();
  }

  /** Ends the night, when one is under way that nobody else has ended. */
  void end() {
    table.begun().map(this::night).filter(table::end).ifPresent(listener::nightEnded);
  }

  /** The night that is under way, or was the last one. */
  public Optional<LastNight> last() {
    return table.last();
  }

  private Night night(Instant begun) {
    var last = new LinkedHashMap<TreeId, Run>();
    runs.backupsSince(begun, NIGHTLY).forEach(run -> last.put(run.tree(), run));
    var tried = runs.backedUpSince(begun);
    var missing =
        table.homes().stream().filter(home -> !tried.contains(home)).map(TreeId::user).toList();
    return new Night(
        begun,
        clock.instant(),
        List.copyOf(last.values()),
        missing,
        table.goneSince(begun).stream().map(TreeId::user).toList(),
        Optional.empty());
  }
}
