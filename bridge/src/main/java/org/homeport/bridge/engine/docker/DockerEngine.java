package org.homeport.bridge.engine.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HostConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.homeport.bridge.engine.Container;
import org.homeport.bridge.engine.ContainerEngine;
import org.homeport.bridge.engine.ContainerSpec;
import org.homeport.bridge.engine.EngineRejected;
import org.homeport.bridge.engine.EngineUnavailable;
import org.homeport.bridge.engine.EngineVersion;
import org.homeport.bridge.engine.Image;
import org.homeport.bridge.engine.Network;
import org.homeport.bridge.engine.PullProgress;
import org.homeport.spawn.image.ImageName;
import org.homeport.spawn.seed.ImageSource;

/** Docker, from 20.10 on, over a Unix or TCP socket. */
public final class DockerEngine implements ContainerEngine {
  private static final Duration QUICK = Duration.ofSeconds(15);

  /** For what sets disks and namespaces in motion, on a busy host. */
  static final Duration SLOW = Duration.ofSeconds(60);

  /** On a container that only reads an image: the network of its bridge, and which run of it. */
  private static final String READER_LABEL = "org.homeport.reader";

  private static final String RUN_LABEL = "org.homeport.run";

  private final String run = UUID.randomUUID().toString();
  private final String network;
  private final TextFiles texts;
  private final EngineCalls calls;

  /**
   * Connects at the first call.
   *
   * @param host {@code unix:///…} or {@code tcp://host:port}
   * @param network the name of this bridge's network
   * @param texts the folder for the texts that containers have mounted, made when it is missing
   */
  public DockerEngine(URI host, String network, Path texts) {
    this.network = network;
    this.texts = new TextFiles(texts);
    this.calls = new EngineCalls(host);
  }

  @Override
  public EngineVersion version() {
    return calls.demand(
        "tell its version",
        QUICK,
        connection ->
            new EngineVersion(
                connection.calls().versionCmd().exec().getVersion(),
                connection.api().getVersion()));
  }

  @Override
  public Network network() {
    return findNetwork().orElseGet(this::makeNetwork);
  }

  @Override
  public Optional<Image> image(ImageName name) {
    return calls
        .find(
            "inspect the image " + name,
            QUICK,
            connection -> connection.calls().inspectImageCmd(name.name()).exec())
        .map(DockerAnswers::image);
  }

  @Override
  public List<Image> images() {
    return calls
        .demand("list the images", QUICK, connection -> connection.calls().listImagesCmd().exec())
        .stream()
        .map(DockerAnswers::image)
        .filter(image -> !image.names().isEmpty())
        .toList();
  }

  @Override
  public Image pull(ImageName name, PullProgress progress) {
    var pull = new Pull(name.name(), progress);
    calls.demand(
        "begin to pull " + name,
        SLOW,
        connection -> connection.streams().pullImageCmd(name.name()).exec(pull));
    pull.await();
    return image(name)
        .orElseThrow(
            () -> new EngineRejected("The image " + name + " was pulled and is not there."));
  }

  @Override
  public void removeImage(ImageName name) {
    calls.effect(
        "remove the image " + name,
        SLOW,
        connection -> connection.calls().removeImageCmd(name.name()).exec(),
        Set.of(NotFoundException.class));
  }

  @Override
  public ImageSource open(String imageId) {
    var container =
        calls.demand(
            "open the image " + imageId,
            SLOW,
            connection ->
                connection
                    .calls()
                    .createContainerCmd(imageId)
                    .withCmd("true") // never run, but an image without a command must have one
                    .withLabels(Map.of(READER_LABEL, network, RUN_LABEL, run))
                    .withHostConfig(HostConfig.newHostConfig().withNetworkMode("none"))
                    .exec());
    return new DockerImageSource(this, calls, container.getId());
  }

  @Override
  public Optional<String> create(ContainerSpec spec) {
    var mounts = texts.onHost(spec);
    try {
      return Optional.of(
          calls.call(
              "create the container " + spec.name(),
              SLOW,
              connection -> new DockerSpec(spec, mounts, network).create(connection)));
    } catch (ConflictException e) {
      return Optional.empty();
    } catch (DockerException e) {
      throw EngineCalls.rejected(e);
    }
  }

  @Override
  public void start(String container) {
    calls.effect(
        "start the container " + container,
        SLOW,
        connection -> connection.calls().startContainerCmd(container).exec(),
        Set.of(NotModifiedException.class));
  }

  @Override
  public Optional<Container> container(String container) {
    return calls
        .find(
            "inspect the container " + container,
            QUICK,
            connection -> connection.calls().inspectContainerCmd(container).exec())
        .map(answer -> DockerAnswers.container(answer, network));
  }

  @Override
  public List<Container> containers() {
    return labelled(NETWORK_LABEL).stream()
        .flatMap(listed -> container(listed.getId()).stream())
        .toList();
  }

  @Override
  public void removeLeftovers() {
    labelled(READER_LABEL).stream()
        .filter(reader -> !run.equals(reader.getLabels().get(RUN_LABEL)))
        .forEach(reader -> remove(reader.getId()));
  }

  @Override
  public void stop(String container, Duration grace) {
    calls.effect(
        "stop the container " + container,
        grace.plus(SLOW),
        connection ->
            connection
                .streams() // as a course ends, there are many that wait for their grace
                .stopContainerCmd(container)
                .withTimeout((int) grace.toSeconds())
                .exec(),
        Set.of(NotModifiedException.class, NotFoundException.class));
  }

  @Override
  public void remove(String container) {
    calls.effect(
        "remove the container " + container,
        SLOW,
        connection ->
            connection
                .calls()
                .removeContainerCmd(container)
                .withForce(true)
                .withRemoveVolumes(true)
                .exec(),
        Set.of(NotFoundException.class));
  }

  @Override
  public void forget(String container) {
    texts.remove(container);
  }

  @Override
  public String log(String container, int lines) {
    return container(container)
        .flatMap(
            found ->
                calls.find(
                    "show the log of " + container,
                    QUICK,
                    connection -> log(connection, found.id(), lines)))
        .orElse("");
  }

  @Override
  public void close() {
    calls.close();
  }

  private List<com.github.dockerjava.api.model.Container> labelled(String label) {
    return calls.demand(
        "list the containers",
        QUICK,
        connection ->
            connection
                .calls()
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of(label, network))
                .exec());
  }

  /** From a list, which does not name every container on it as a closer look would. */
  private Optional<Network> findNetwork() {
    return calls
        .demand(
            "list the networks",
            QUICK,
            connection -> connection.calls().listNetworksCmd().withNameFilter(network).exec())
        .stream()
        .filter(found -> found.getName().equals(network)) // the engine's filter takes a part of it
        .findFirst()
        .map(DockerAnswers::network);
  }

  /** One at a time: the engine does not keep two networks of one name from being made at once. */
  private synchronized Network makeNetwork() {
    return findNetwork()
        .or(
            () -> {
              calls.effect(
                  "make the network " + network,
                  SLOW,
                  this::makeNetwork,
                  Set.of(ConflictException.class)); // a repeated call had worked the first time
              return findNetwork();
            })
        .orElseThrow(() -> new EngineUnavailable("The network " + network + " vanished."));
  }

  private void makeNetwork(EngineConnection connection) {
    connection
        .calls()
        .createNetworkCmd()
        .withName(network)
        .withDriver("bridge")
        .withCheckDuplicate(true)
        .withOptions(Map.of(DockerAnswers.ICC, "false"))
        .withLabels(Map.of(NETWORK_LABEL, network))
        .exec();
  }

  private static String log(EngineConnection connection, String container, int lines) {
    var written = new ByteArrayOutputStream();
    try (var callback =
        new ResultCallback.Adapter<Frame>() {
          @Override
          public void onNext(Frame frame) {
            written.writeBytes(frame.getPayload());
          }
        }) {
      connection
          .streams()
          .logContainerCmd(container)
          .withStdOut(true)
          .withStdErr(true)
          .withTail(lines)
          .exec(callback)
          .awaitCompletion();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the deadline: nobody waits for the answer any more
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return written.toString(StandardCharsets.UTF_8);
  }
}
