package org.homeport.bridge.remote.drive;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.homeport.spawn.identity.HubUser;

/**
 * Drive's searches find new objects only after a while. Homeport asks its index and needs no
 * search; but when the index is lost, the next search must find everything that was made before, or
 * it would be made again. An index is lost with the database, before this process began, or when
 * its user gave the Drive up.
 */
final class SearchLag {
  private final WaitingClock clock;
  private final Duration lag;
  private final Instant began;
  private final Map<HubUser, Instant> lastWrites = new ConcurrentHashMap<>();
  private final Set<HubUser> forgotten = ConcurrentHashMap.newKeySet();

  SearchLag(WaitingClock clock, Duration lag) {
    this.clock = clock;
    this.lag = lag;
    this.began = clock.instant();
  }

  /** Notes that something may have been made in the user's Drive just now. */
  void wrote(HubUser user) {
    lastWrites.put(user, clock.instant());
  }

  /** Notes that the index of the user is forgotten. */
  void forget(HubUser user) {
    forgotten.add(user);
  }

  /** Returns when searches find everything that was made before the user's index was lost. */
  void await(HubUser user) {
    var last = forgotten.contains(user) ? lastWrites.getOrDefault(user, began) : began;
    clock.await(Duration.between(clock.instant(), last.plus(lag)));
  }
}
