package org.homeport.bridge.engine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The container engine as one bridge sees it: what the bridge makes carries the label of its
 * network, and what it lists is its own.
 *
 * <p>Every method blocks, but never longer than its deadline, and may be called from any thread.
 * {@link EngineUnavailable} says that the engine gave no answer: the outcome is unknown, and the
 * same call may be made again later. {@link EngineRejected} says that the engine answered no.
 */
public interface ContainerEngine extends AutoCloseable {

  /** The label, on containers and on the network, that names the network they belong to. */
  String NETWORK_LABEL = "org.homeport.network";

  /** Asks the engine who it is; also the cheapest way to learn whether it answers. */
  EngineVersion version();

  /** The abilities of this engine that others may lack. */
  Set<Capability> capabilities();

  /** Tells an administrator, in one sentence, how to get an answer from an engine without one. */
  String remedy();

  /**
   * The network of this bridge's servers, created when it is missing; {@link #run} needs it.
   * Repeatable. Refuses a network of that name on which containers could reach each other.
   */
  Network network();

  /**
   * Creates a container and starts it. One that cannot be started is removed again.
   *
   * @return the id of the new container; empty when there is one of that name already, perhaps
   *     created by this very call, whose first answer was lost: the caller compares labels
   * @throws EngineUnavailable also when the container was created and perhaps not started
   */
  Optional<String> run(ContainerSpec spec);

  /** The container of that name or id, when there is one. */
  Optional<Container> container(String container);

  /** All containers that {@link #run} created for this bridge, in any state. Asks once for all. */
  List<ListedContainer> containers();

  /** Ends a container: SIGTERM, then SIGKILL after the grace. Repeatable; none is fine. */
  void stop(String container, Duration grace);

  /** Removes a container, ending it when it runs. Repeatable; none is fine. */
  void remove(String container);

  /**
   * Removes what is kept beside the container of that name, such as its texts, once nobody needs
   * it. Repeatable.
   */
  void forget(String container);

  /** The last lines that a container wrote to its outputs; empty when there is no container. */
  String log(String container, int lines);

  @Override
  void close();
}
