package org.homeport.bridge.pages;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.homeport.bridge.token.Secret;

/**
 * The browsers that are signed in, and those on their way to the hub and back. Kept in memory:
 * after a restart the hub signs everybody in again without a question.
 */
final class Sessions {
  static final Duration LIFE = Duration.ofHours(1);
  static final Duration WAY = Duration.ofMinutes(10);
  private static final int MOST = 10_000;
  private static final int RANDOM_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Clock clock;
  private final Map<Secret, Session> sessions = bounded();
  private final Map<Secret, Way> ways = bounded();

  /**
   * A browser that was sent to the hub.
   *
   * @param browser what its cookie says
   * @param next the page that it asked for
   */
  record Way(Secret browser, String next, Instant begun) {}

  Sessions(Clock clock) {
    this.clock = clock;
  }

  static Secret random() {
    var bytes = new byte[RANDOM_BYTES];
    RANDOM.nextBytes(bytes);
    return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** Remembers where a browser wanted to go; the state that brings it back. */
  synchronized Secret depart(Secret browser, String next) {
    var state = random();
    ways.put(state, new Way(browser, next, clock.instant()));
    return state;
  }

  /** Where that browser wanted to go: once, and not after long. */
  synchronized Optional<String> arrive(Secret browser, Secret state) {
    return Optional.ofNullable(ways.remove(state))
        .filter(way -> way.browser().equals(browser) && isWithin(WAY, way.begun()))
        .map(Way::next);
  }

  synchronized Secret begin(Session session) {
    var id = random();
    sessions.put(id, session);
    return id;
  }

  synchronized Optional<Session> find(Secret id) {
    var found = Optional.ofNullable(sessions.get(id)).filter(s -> isWithin(LIFE, s.begun()));
    if (found.isEmpty()) {
      sessions.remove(id);
    }
    return found;
  }

  synchronized void put(Secret id, Session session) {
    sessions.replace(id, session);
  }

  synchronized void end(Secret id) {
    sessions.remove(id);
  }

  private boolean isWithin(Duration time, Instant begun) {
    return clock.instant().isBefore(begun.plus(time));
  }

  /** Forgets the oldest, so that nobody can fill the memory. */
  private static <T> Map<Secret, T> bounded() {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<Secret, T> eldest) {
        return size() > MOST;
      }
    };
  }
}
