package org.homeport.bridge.server;

import static org.homeport.bridge.settings.Readers.number;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.homeport.bridge.engine.ContainerEngine;
import org.homeport.spawn.Limits;

/**
 * Settings of the starts of servers.
 *
 * @param network the bridge's network; begins the name of every container
 * @param limits what a server may use when its request leaves that open
 * @param startsAtOnce how many start at the same time; the others wait in line
 * @param answerWithin how long a server may take from its container's start to its first answer
 */
public record ServerSettings(
    String network, Limits limits, int startsAtOnce, Duration answerWithin) {
  public static final Duration DEFAULT_ANSWER_WITHIN = Duration.ofMinutes(2);

  public ServerSettings {
    Objects.requireNonNull(network);
    Objects.requireNonNull(limits);
    Objects.requireNonNull(answerWithin);
    if (startsAtOnce < 1) {
      throw new IllegalArgumentException("At least one server starts at once: " + startsAtOnce);
    }
  }

  /** Tells whether these are labels of a container of this bridge, and not of a namesake. */
  boolean areOurs(Map<String, String> labels) {
    return network.equals(labels.get(ContainerEngine.NETWORK_LABEL));
  }

  String container(String id) {
    return network + "-" + id;
  }

  /** Reads {@code starts-at-once}: a number, or {@code auto} for one start per core. */
  public static int startsAtOnce(String text) {
    return text.equals("auto")
        ? Runtime.getRuntime().availableProcessors()
        : number(1, 1000).apply(text);
  }
}
