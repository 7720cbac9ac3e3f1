package org.homeport.bridge.engine;

import java.util.Map;
import java.util.Optional;

/**
 * A container as a list of all of them shows it: without how and when it came into its state, which
 * only {@link ContainerEngine#container} tells.
 *
 * @param address where the bridge and the hub reach it, while it runs
 */
public record ListedContainer(
    String id,
    String name,
    Map<String, String> labels,
    Container.State state,
    Optional<String> address) {
  public ListedContainer {
    labels = Map.copyOf(labels);
  }
}
