package org.homeport.bridge;

import java.time.Clock;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.engine.docker.DockerEngine;
import org.homeport.bridge.web.Downloads;
import org.homeport.bridge.web.EventStreams;
import org.homeport.bridge.web.SlowWork;

/** The base on which features are built; they do not know each other by it. */
record Base(
    Settings settings,
    Clock clock,
    Database database,
    DockerEngine engine,
    EventStreams streams,
    SlowWork slowWork,
    Downloads downloads,
    Started started) {

  <T extends AutoCloseable> T keep(T part) {
    return started.keep(part);
  }
}
