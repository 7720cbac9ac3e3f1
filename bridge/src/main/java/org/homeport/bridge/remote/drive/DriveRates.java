package org.homeport.bridge.remote.drive;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.homeport.spawn.identity.HubUser;

/**
 * Limits on how fast Drive is called: writes per account, all calls per project.
 *
 * @param writesPerSecond how many writes a second Drive accepts from one account; Google cannot
 *     raise it
 * @param burst how many writes Drive accepts at once after a rest
 * @param callsPerMinute the project's quota
 */
public record DriveRates(double writesPerSecond, int burst, int callsPerMinute) {
  public static final DriveRates USUAL = new DriveRates(3, 10, 12_000);

  public DriveRates {
    if (!(writesPerSecond > 0)) {
      throw new IllegalArgumentException("writes-per-second: expected more than 0");
    }
    if (burst < 4 || callsPerMinute < 60) {
      throw new IllegalArgumentException("expected a burst from 4 and 60 calls a minute");
    }
  }

  /** The paces of one project, shared by all its accounts. */
  static final class Paces {
    private static final double SAFETY = 0.99;
    private static final int SPARE = 2;

    private final DriveRates rates;
    private final WaitingClock clock;
    private final Pace project;
    private final Map<HubUser, Pace> accounts = new ConcurrentHashMap<>();

    Paces(DriveRates rates, WaitingClock clock) {
      this.rates = rates;
      this.clock = clock;
      var perSecond = rates.callsPerMinute() / 60.0 * SAFETY;
      // A tenth of a second's worth at once, so that a minute's quota is never spent in its start.
      this.project = new Pace(perSecond, (int) Math.max(1, perSecond / 10), clock);
    }

    Pace project() {
      return project;
    }

    /**
     * Some writes less at once than Drive allows: calls do not arrive as evenly as they leave, and
     * while the first ones are under way Drive's own bucket is still full and gains nothing.
     */
    Pace of(HubUser user) {
      return accounts.computeIfAbsent(
          user, any -> new Pace(rates.writesPerSecond(), rates.burst() - SPARE, clock));
    }
  }
}
