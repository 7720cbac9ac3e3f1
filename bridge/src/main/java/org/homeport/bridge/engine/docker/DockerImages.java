package org.homeport.bridge.engine.docker;

import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.HostConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.homeport.bridge.engine.ContainerEngine;
import org.homeport.bridge.engine.EngineRejected;
import org.homeport.bridge.engine.Image;
import org.homeport.bridge.engine.ImageStore;
import org.homeport.bridge.engine.PullProgress;
import org.homeport.spawn.image.ImageName;
import org.homeport.spawn.seed.ImageSource;

/** The images that a Docker engine keeps. */
final class DockerImages implements ImageStore {
  /** On a container that only reads an image: the network of its bridge, and which run of it. */
  private static final String READER_LABEL = "org.homeport.reader";

  private static final String RUN_LABEL = "org.homeport.run";

  /** The labels of a container that reads nothing: without them, its image's own would count. */
  static final Map<String, String> NOT_A_READER = Map.of(READER_LABEL, "", RUN_LABEL, "");

  private final RegistryLogins logins = new RegistryLogins(configFolder());
  private final String run = UUID.randomUUID().toString();
  private final EngineCalls calls;
  private final DockerContainers containers;
  private final String network;
  private volatile Optional<Path> root = Optional.empty();

  DockerImages(EngineCalls calls, DockerContainers containers, String network) {
    this.calls = calls;
    this.containers = containers;
    this.network = network;
  }

  @Override
  public Optional<Image> find(ImageName name) {
    return calls
        .find(
            "inspect the image " + name,
            EngineCalls.QUICK,
            connection -> connection.calls().inspectImageCmd(name.name()).exec())
        .map(DockerAnswers::image);
  }

  @Override
  public List<Image> list() {
    return calls
        .demand(
            "list the images",
            EngineCalls.QUICK,
            connection -> connection.calls().listImagesCmd().exec())
        .stream()
        .map(DockerAnswers::image)
        .filter(image -> !image.names().isEmpty())
        .toList();
  }

  @Override
  public Image pull(ImageName name, PullProgress progress) {
    var pull = new Pull(name.name(), progress);
    var login = logins.of(name);
    calls.demand(
        "begin to pull " + name,
        EngineCalls.SLOW,
        connection -> {
          var command = connection.streams().pullImageCmd(name.name());
          login.ifPresent(command::withAuthConfig);
          return command.exec(pull);
        });
    pull.await();
    return find(name)
        .orElseThrow(
            () -> new EngineRejected("The image " + name + " was pulled and is not there."));
  }

  @Override
  public void remove(ImageName name) {
    calls.effect(
        "remove the image " + name,
        EngineCalls.SLOW,
        connection -> connection.calls().removeImageCmd(name.name()).exec(),
        Set.of(NotFoundException.class));
  }

  @Override
  public ImageSource open(String imageId) {
    var container =
        calls.demand(
            "open the image " + imageId,
            EngineCalls.SLOW,
            connection ->
                connection
                    .calls()
                    .createContainerCmd(imageId)
                    .withCmd("true") // never run, but an image without a command must have one
                    .withLabels(
                        Map.of(
                            ContainerEngine.NETWORK_LABEL,
                            network,
                            READER_LABEL,
                            network,
                            RUN_LABEL,
                            run))
                    .withHostConfig(HostConfig.newHostConfig().withNetworkMode("none"))
                    .exec());
    return new DockerImageSource(calls, containers, container.getId());
  }

  static boolean isReader(Map<String, String> labels) {
    return !labels.getOrDefault(READER_LABEL, "").isEmpty();
  }

  @Override
  public void removeLeftovers() {
    containers.labelled(READER_LABEL, network).stream()
        .filter(reader -> !run.equals(reader.getLabels().get(RUN_LABEL)))
        .forEach(reader -> containers.remove(reader.getId()));
  }

  /** An engine on another host keeps its images in a folder that is not here. */
  @Override
  public OptionalLong freeSpace() {
    try {
      var folder = root();
      return calls.host().getScheme().equals("unix") && Files.isDirectory(folder)
          ? OptionalLong.of(Files.getFileStore(folder).getUsableSpace())
          : OptionalLong.empty();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  /** The folder of Docker's own client, which is root's when the bridge runs as a service. */
  private static Path configFolder() {
    return Path.of(
        Optional.ofNullable(System.getenv("DOCKER_CONFIG"))
            .orElse(System.getProperty("user.home") + "/.docker"));
  }

  private Path root() {
    if (root.isEmpty()) {
      root =
          Optional.of(
              calls.demand(
                  "tell its folder",
                  EngineCalls.QUICK,
                  connection -> Path.of(connection.calls().infoCmd().exec().getDockerRootDir())));
    }
    return root.get();
  }

  @Override
  public String pullCommand(ImageName name) {
    return "docker pull " + name;
  }

  @Override
  public String usersCommand(ImageName name) {
    return "docker ps --all --filter ancestor=" + name;
  }
}
