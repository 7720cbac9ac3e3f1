package org.homeport.bridge.server;

import java.time.Duration;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.homeport.bridge.engine.EngineUnavailable;
import org.homeport.bridge.environment.Images;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds every server again after a restart of the bridge. */
final class Recovery {
  private static final Logger log = LoggerFactory.getLogger(Recovery.class);
  private static final Duration PAUSE = Duration.ofSeconds(3);

  private final Images images;
  private final ServerTable table;
  private final Lookout lookout;
  private final CountDownLatch closing = new CountDownLatch(1);

  Recovery(Images images, ServerTable table, Lookout lookout) {
    this.images = images;
    this.table = table;
    this.lookout = lookout;
  }

  void run() {
    images.removeLeftovers();
    var ids = new TreeSet<>(lookout.containers().keySet());
    for (var server : table.all()) {
      if (!server.state().isAtRest()) {
        ids.add(server.id());
      }
    }
    ids.forEach(lookout::find);
  }

  /** Runs again until the engine is there for it, or the bridge stops. */
  void runUntilDone() {
    do {
      try {
        run();
        return;
      } catch (EngineUnavailable e) {
        log.warn("servers cannot be found again yet: {}", e.getMessage());
      } catch (RuntimeException e) {
        log.error("some servers are found again only when somebody asks for them", e);
        return;
      }
    } while (!isClosedWithin(PAUSE));
  }

  void close() {
    closing.countDown();
  }

  private boolean isClosedWithin(Duration time) {
    try {
      return closing.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
