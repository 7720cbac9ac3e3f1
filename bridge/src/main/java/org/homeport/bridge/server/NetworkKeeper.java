package org.homeport.bridge.server;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.homeport.bridge.engine.ContainerEngine;
import org.homeport.bridge.engine.EngineRejected;
import org.homeport.bridge.engine.EngineUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the servers' network back soon after somebody removed it, which is easy while no server
 * runs: the hub listens at an address on it.
 */
public final class NetworkKeeper implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(NetworkKeeper.class);

  private final ContainerEngine engine;
  private final Duration pause;
  private final ScheduledExecutorService threads =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            var thread = new Thread(task, "network");
            thread.setDaemon(true);
            return thread;
          });

  public NetworkKeeper(ContainerEngine engine) {
    this(engine, Duration.ofSeconds(5));
  }

  NetworkKeeper(ContainerEngine engine, Duration pause) {
    this.engine = engine;
    this.pause = pause;
  }

  /** Looks now and then from now on. */
  public void start() {
    threads.scheduleWithFixedDelay(
        this::look, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private void look() {
    try {
      engine.network();
    } catch (EngineUnavailable | EngineRejected e) {
      log.debug("the network cannot be looked at: {}", e.getMessage());
    } catch (RuntimeException e) {
      log.error("the network cannot be looked at", e);
    }
  }
}
