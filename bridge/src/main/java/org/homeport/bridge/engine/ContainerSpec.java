package org.homeport.bridge.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.homeport.spawn.Limits;
import org.homeport.spawn.mount.Mount;

/**
 * A container to make. What is the same for all of them — no capabilities, no new privileges, an
 * init process, the network, the log's size — is not said here, so that nobody can leave it out.
 *
 * @param image id of the image
 * @param uid who it runs as, from its first process
 * @param groups supplementary group ids
 * @param command follows the image's entrypoint; empty for the image's own command
 */
public record ContainerSpec(
    String name,
    String image,
    int uid,
    int gid,
    List<Integer> groups,
    List<String> command,
    Path workingDirectory,
    Map<String, String> environment,
    List<Mount> mounts,
    Limits limits,
    Map<String, String> labels) {
  public ContainerSpec {
    Objects.requireNonNull(name);
    Objects.requireNonNull(image);
    Objects.requireNonNull(workingDirectory);
    Objects.requireNonNull(limits);
    groups = List.copyOf(groups);
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    mounts = List.copyOf(mounts);
    labels = Map.copyOf(labels);
  }

  /** Without the environment's values, which hold tokens. */
  @Override
  public String toString() {
    return "ContainerSpec[" + name + ", image " + image + ", user " + uid + ":" + gid + "]";
  }
}
