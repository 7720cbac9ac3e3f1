package org.homeport.bridge.server;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.engine.ContainerEngine;
import org.homeport.bridge.engine.EngineUnavailable;
import org.homeport.bridge.engine.EngineVersion;
import org.homeport.bridge.engine.Network;
import org.homeport.bridge.server.Server.State;

/** Tells how the bridge is, in one look. */
public final class Overview {
  private static final List<State> COUNTED = List.of(State.QUEUED, State.STARTING, State.RUNNING);

  private static final Duration ANSWER_HOLDS = Duration.ofSeconds(1);

  private final String version;
  private final Database database;
  private final ContainerEngine engine;
  private final Servers servers;
  private boolean answers;
  private long asked = System.nanoTime() - ANSWER_HOLDS.toNanos();

  /**
   * The findings of one look.
   *
   * @param version of Homeport
   * @param servers how many there are in each state of a server that is there
   * @param starts under way; those that are furthest first, then the line in its order
   */
  public record Status(
      String version,
      EngineVersion engine,
      Network network,
      Map<State, Integer> servers,
      List<StartUnderWay> starts) {
    public Status {
      starts = List.copyOf(starts);
      servers = Collections.unmodifiableMap(new TreeMap<>(servers)); // in the order of a start
    }
  }

  public Overview(String version, Database database, ContainerEngine engine, Servers servers) {
    this.version = version;
    this.database = database;
    this.engine = engine;
    this.servers = servers;
  }

  /** The version of Homeport. */
  public String version() {
    return version;
  }

  public Status status() {
    var counts = new EnumMap<State, Integer>(State.class);
    COUNTED.forEach(state -> counts.put(state, 0));
    servers.list().forEach(server -> counts.computeIfPresent(server.state(), (s, n) -> n + 1));
    return new Status(version, engine.version(), engine.network(), counts, servers.starts());
  }

  /**
   * Tells whether the database can be read and written, as of a moment ago: anybody may ask, so
   * that not every question may cost a write.
   */
  public synchronized boolean databaseAnswers() {
    if (System.nanoTime() - asked >= ANSWER_HOLDS.toNanos()) {
      answers = database.answers();
      asked = System.nanoTime();
    }
    return answers;
  }

  /** Tells an administrator what to do when the engine does not answer at this moment. */
  public Optional<String> engineRemedy() {
    try {
      engine.version();
      return Optional.empty();
    } catch (EngineUnavailable e) {
      return Optional.of(engine.remedy());
    }
  }
}
