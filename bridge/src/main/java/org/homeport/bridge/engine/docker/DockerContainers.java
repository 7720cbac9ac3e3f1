package org.homeport.bridge.engine.docker;

import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The calls about containers that servers and the readers of images have in common. */
final class DockerContainers {
  private final EngineCalls calls;

  DockerContainers(EngineCalls calls) {
    this.calls = calls;
  }

  /** The containers with that label, in any state. */
  List<Container> labelled(String label, String value) {
    return calls.demand(
        "list the containers",
        EngineCalls.QUICK,
        connection ->
            connection
                .calls()
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of(label, value))
                .exec());
  }

  /** Removes a container, ending it when it runs. Repeatable. */
  void remove(String container) {
    calls.effect(
        "remove the container " + container,
        EngineCalls.SLOW,
        connection ->
            connection
                .calls()
                .removeContainerCmd(container)
                .withForce(true)
                .withRemoveVolumes(true)
                .exec(),
        Set.of(NotFoundException.class));
  }
}
