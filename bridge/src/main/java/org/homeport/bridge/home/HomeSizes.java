package org.homeport.bridge.home;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.homeport.spawn.files.Directory;
import org.homeport.spawn.home.HomeFiles;
import org.homeport.spawn.identity.Account;
import org.homeport.spawn.identity.HubUser;
import org.homeport.spawn.refusal.SpawnRefused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sizes of homes. Asking is quick: it tells the last figure, and has one that is old renewed in
 * the background, one home after the other, by a thread that is its owner for as long.
 */
public final class HomeSizes implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HomeSizes.class);
  static final Duration FRESH = Duration.ofHours(6);

  /** Longer than a home of a million files takes on a disk. */
  static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Function<HubUser, Optional<Account>> accounts;
  private final HomeFiles homes;
  private final Duration patience;
  private final InstantSource clock;
  private final Map<HubUser, Instant> asked = new ConcurrentHashMap<>();
  private final Map<HubUser, HomeSize> measured = new ConcurrentHashMap<>();
  private final ThreadPoolExecutor thread;

  public HomeSizes(
      Function<HubUser, Optional<Account>> accounts, HomeFiles homes, InstantSource clock) {
    this(accounts, homes, PATIENCE, clock);
  }

  /**
   * @param patience with one home; what is seen until then is a figure too
   */
  HomeSizes(
      Function<HubUser, Optional<Account>> accounts,
      HomeFiles homes,
      Duration patience,
      InstantSource clock) {
    this.accounts = accounts;
    this.homes = homes;
    this.patience = patience;
    this.clock = clock;
    this.thread =
        new ThreadPoolExecutor(
            1,
            1,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              var made = new Thread(task, "home-sizes");
              made.setDaemon(true);
              return made;
            });
    thread.allowCoreThreadTimeOut(true);
  }

  /** The last figure; empty while there is none. */
  public Optional<HomeSize> of(HubUser user) {
    var last = Optional.ofNullable(measured.get(user));
    var now = clock.instant();
    var before = asked.get(user);
    if (before == null || before.plus(FRESH).isBefore(now)) {
      renew(user, before, now);
    }
    return last;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  private void renew(HubUser user, Instant before, Instant now) {
    var isFirst =
        before == null ? asked.putIfAbsent(user, now) == null : asked.replace(user, before, now);
    if (isFirst) {
      thread.execute(() -> measure(user));
    }
  }

  private void measure(HubUser user) {
    try {
      var account = accounts.apply(user);
      if (account.isPresent()) {
        measured.put(user, homes.read(account.get(), this::measure));
      }
    } catch (IOException | SpawnRefused e) {
      log.debug("the home of {} was not measured", user, e);
    }
  }

  private HomeSize measure(Directory home) throws IOException {
    return HomeWalk.of(home, patience).sizeAt(clock.instant());
  }
}
