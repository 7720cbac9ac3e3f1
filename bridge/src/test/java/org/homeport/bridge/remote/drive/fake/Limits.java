package org.homeport.bridge.remote.drive.fake;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Drive's limits of rate: writes to one account, and queries of the whole project. */
public final class Limits {
  private static final class Bucket {
    private final double perSecond;
    private final double burst;
    private double tokens;
    private Instant last;

    Bucket(double perSecond, double burst, Instant now) {
      this.perSecond = perSecond;
      this.burst = burst;
      this.tokens = burst;
      this.last = now;
    }

    boolean take(Instant now) {
      var elapsed = Duration.between(last, now).toNanos() / 1e9;
      tokens = Math.min(burst, tokens + elapsed * perSecond);
      last = now;
      if (tokens < 1 - 1e-6) {
        return false;
      }
      tokens--;
      return true;
    }
  }

  private final InstantSource clock;
  private final Map<String, Bucket> accounts = new HashMap<>();
  private double writesPerSecond = Double.POSITIVE_INFINITY;
  private double burst = Double.POSITIVE_INFINITY;
  private Bucket project;

  Limits(InstantSource clock) {
    this.clock = clock;
  }

  /** Limits one account to so many writes at once, and so many a second. */
  public synchronized void writes(double perSecond, int burst) {
    this.writesPerSecond = perSecond;
    this.burst = burst;
    accounts.clear();
  }

  /** Limits the project, all accounts together; a second's worth at once. */
  public synchronized void queriesPerMinute(int queries) {
    project = new Bucket(queries / 60.0, Math.max(1, queries / 60.0), clock.instant());
  }

  synchronized void take(String account, Kind kind) {
    if (!kind.isQuery()) {
      return;
    }
    var now = clock.instant();
    if (project != null && !project.take(now)) {
      throw new DriveProblem(403, "rateLimitExceeded", "Rate Limit Exceeded");
    }
    if (kind.isWrite() && burst < Double.POSITIVE_INFINITY) {
      var bucket =
          accounts.computeIfAbsent(account, any -> new Bucket(writesPerSecond, burst, now));
      if (!bucket.take(now)) {
        throw new DriveProblem(403, "userRateLimitExceeded", "User Rate Limit Exceeded");
      }
    }
  }
}
