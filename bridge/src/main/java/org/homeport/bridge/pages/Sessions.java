package org.homeport.bridge.pages;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.homeport.bridge.token.Secret;

/**
 * The browsers that are signed in. They are kept in memory: after a restart the hub signs everybody
 * in again without a question.
 */
final class Sessions {
  static final Duration LIFE = Duration.ofHours(1);

  /** More browsers than a person uses; signing in once more ends the session of the oldest. */
  private static final int MOST_OF_ONE_USER = 10;

  private static final int RANDOM_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Clock clock;
  private final Map<Secret, Session> sessions = new LinkedHashMap<>();

  Sessions(Clock clock) {
    this.clock = clock;
  }

  static Secret random() {
    var bytes = new byte[RANDOM_BYTES];
    RANDOM.nextBytes(bytes);
    return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  synchronized Secret begin(Session session) {
    sessions.values().removeIf(old -> !isAlive(old));
    var own =
        sessions.entrySet().stream()
            .filter(entry -> entry.getValue().user().equals(session.user()))
            .map(Map.Entry::getKey)
            .toList();
    own.stream().limit(Math.max(0, own.size() - MOST_OF_ONE_USER + 1)).forEach(sessions::remove);
    var id = random();
    sessions.put(id, session);
    return id;
  }

  synchronized Optional<Session> find(Secret id) {
    return Optional.ofNullable(sessions.get(id)).filter(this::isAlive);
  }

  synchronized void put(Secret id, Session session) {
    sessions.replace(id, session);
  }

  synchronized void end(Secret id) {
    sessions.remove(id);
  }

  private boolean isAlive(Session session) {
    return clock.instant().isBefore(session.begun().plus(LIFE));
  }
}
