package org.homeport.bridge.engine.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.homeport.bridge.engine.Capability;
import org.homeport.bridge.engine.Container;
import org.homeport.bridge.engine.ContainerEngine;
import org.homeport.bridge.engine.ContainerSpec;
import org.homeport.bridge.engine.EngineRejected;
import org.homeport.bridge.engine.EngineVersion;
import org.homeport.bridge.engine.ImageStore;
import org.homeport.bridge.engine.ListedContainer;
import org.homeport.bridge.engine.Network;

/** Docker, from 20.10 on, over a Unix or TCP socket. */
public final class DockerEngine implements ContainerEngine {
  private static final String INSPECT = "inspect the container ";

  private final String network;
  private final TextFiles texts;
  private final EngineCalls calls;
  private final DockerContainers containers;
  private final DockerNetwork networks;
  private final DockerImages images;

  /**
   * Connects at the first call.
   *
   * @param texts the folder for the texts that containers have mounted, made when it is missing;
   *     beside it is remembered which subnet the network had
   */
  public DockerEngine(DockerSettings settings, Path texts) {
    this.network = settings.network();
    this.texts = new TextFiles(texts);
    this.calls = new EngineCalls(settings.host());
    this.containers = new DockerContainers(calls);
    this.networks = new DockerNetwork(calls, settings, texts.resolveSibling(network + ".subnet"));
    this.images = new DockerImages(calls, containers, network);
  }

  /** The images that this engine has, beside its containers. */
  public ImageStore images() {
    return images;
  }

  @Override
  public EngineVersion version() {
    return calls.demand(
        "tell its version",
        EngineCalls.QUICK,
        connection ->
            new EngineVersion(
                connection.calls().versionCmd().exec().getVersion(),
                connection.api().getVersion()));
  }

  /**
   * An engine too old for recursive read-only mounts gets each mount by itself, to the same end.
   */
  @Override
  public Set<Capability> capabilities() {
    return EnumSet.allOf(Capability.class);
  }

  @Override
  public String remedy() {
    return "Start it (systemctl start docker), or correct docker.host: " + calls.host() + ".";
  }

  @Override
  public Network network() {
    return networks.get();
  }

  @Override
  public Optional<String> run(ContainerSpec spec) {
    var created = create(spec);
    created.ifPresent(this::start);
    return created;
  }

  @Override
  public Optional<Container> container(String container) {
    return calls
        .find(
            INSPECT + container,
            EngineCalls.QUICK,
            connection -> connection.calls().inspectContainerCmd(container).exec())
        .map(answer -> DockerAnswers.container(answer, network));
  }

  @Override
  public List<ListedContainer> containers() {
    return containers.labelled(NETWORK_LABEL, network).stream()
        .filter(listed -> !DockerImages.isReader(listed.getLabels()))
        .map(listed -> DockerAnswers.listed(listed, network))
        .toList();
  }

  @Override
  public void stop(String container, Duration grace) {
    calls.effect(
        "stop the container " + container,
        grace.plus(EngineCalls.SLOW),
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
    containers.remove(container);
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
                    EngineCalls.QUICK,
                    connection -> log(connection, found.id(), lines)))
        .orElse("");
  }

  @Override
  public void close() {
    calls.close();
  }

  private Optional<String> create(ContainerSpec spec) {
    var mounts = texts.onHost(spec);
    try {
      return Optional.of(
          calls.call(
              "create the container " + spec.name(),
              EngineCalls.SLOW,
              connection -> new DockerSpec(spec, mounts, network).create(connection)));
    } catch (ConflictException e) {
      return Optional.empty();
    } catch (DockerException e) {
      throw EngineCalls.rejected(e);
    }
  }

  private void start(String container) {
    try {
      calls.effect(
          "start the container " + container,
          EngineCalls.SLOW,
          connection -> connection.calls().startContainerCmd(container).exec(),
          Set.of(NotModifiedException.class));
    } catch (EngineRejected e) {
      remove(container);
      throw e;
    }
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
