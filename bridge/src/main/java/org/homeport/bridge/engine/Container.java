package org.homeport.bridge.engine;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A container as the engine last saw it.
 *
 * @param address where the bridge and the hub reach it, while it runs: an IP address or a host's
 *     name
 * @param exitCode how its first process ended, once it has
 * @param outOfMemory whether the kernel ended a process of it at the memory limit
 * @param since when it came into this state
 */
public record Container(
    String id,
    String name,
    Map<String, String> labels,
    State state,
    Optional<String> address,
    OptionalInt exitCode,
    boolean outOfMemory,
    Instant since) {

  /** The stages of a container's life. */
  public enum State {
    CREATED,
    RUNNING,
    EXITED
  }

  public Container {
    labels = Map.copyOf(labels);
  }
}
