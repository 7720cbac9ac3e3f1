package org.homeport.bridge.engine.docker;

import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.homeport.bridge.engine.ContainerEngine;
import org.homeport.bridge.engine.ContainerSpec;
import org.homeport.spawn.Limits;
import org.homeport.spawn.mount.Mount;

/**
 * A container's specification in Docker's words, with everything that is the same for all servers.
 *
 * @param mounts those of the specification, with every text as a file of the host
 */
record DockerSpec(ContainerSpec spec, List<Mount> mounts, String network) {
  private static final Map<String, String> LOG_SIZE = Map.of("max-size", "10m", "max-file", "2");
  private static final double NANO = 1e9;

  /** Makes the container; its id. */
  String create(EngineConnection connection) {
    var command =
        connection
            .calls()
            .createContainerCmd(spec.image())
            .withName(spec.name())
            .withUser(spec.uid() + ":" + spec.gid())
            .withWorkingDir(spec.workingDirectory().toString())
            .withEnv(
                spec.environment().entrySet().stream()
                    .map(variable -> variable.getKey() + "=" + variable.getValue())
                    .toList())
            .withLabels(labels())
            .withHostConfig(hostConfig(connection.knowsRecursiveReadOnly()));
    if (!spec.command().isEmpty()) {
      command.withCmd(spec.command());
    }
    return command.exec().getId();
  }

  private Map<String, String> labels() {
    var labels = new HashMap<>(spec.labels());
    labels.put(ContainerEngine.NETWORK_LABEL, network);
    labels.putAll(DockerImages.NOT_A_READER);
    return labels;
  }

  private HostConfig hostConfig(boolean engineKnowsRecursiveReadOnly) {
    var config =
        HostConfig.newHostConfig()
            .withNetworkMode(network)
            .withInit(true) // as process 1, a server often ignores SIGTERM and reaps nothing
            .withCapDrop(Capability.ALL)
            .withSecurityOpts(List.of("no-new-privileges"))
            .withGroupAdd(spec.groups().stream().map(String::valueOf).toList())
            .withMounts(new BindMounts(engineKnowsRecursiveReadOnly).of(mounts))
            .withLogConfig(new LogConfig(LogConfig.LoggingType.JSON_FILE, LOG_SIZE));
    limit(config, spec.limits());
    return config;
  }

  private static void limit(HostConfig config, Limits limits) {
    limits
        .memory() // no swap on top: a server at its limit would only slow down everybody's disk
        .ifPresent(bytes -> config.withMemory(bytes).withMemorySwap(bytes));
    limits.cpus().ifPresent(cores -> config.withNanoCPUs((long) (cores * NANO)));
    limits.pids().ifPresent(config::withPidsLimit);
  }
}
