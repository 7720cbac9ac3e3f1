package org.homeport.bridge.engine.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.homeport.bridge.engine.Image;
import org.homeport.spawn.image.ImageName;

/** One test's corner of the real engine: a network of its own, gone afterwards with all on it. */
public final class EngineBed implements AutoCloseable {
  public static final ImageName TINY = ImageName.of("homeport-test/tiny:1");

  public static final URI HOST =
      URI.create(
          Optional.ofNullable(System.getenv("HOMEPORT_TEST_DOCKER_HOST"))
              .orElse("unix:///var/run/docker.sock"));

  private final String network = "hpt-" + UUID.randomUUID().toString().substring(0, 8);
  private final Path texts = Path.of("/var/tmp", network + "-texts");
  private final DockerEngine engine = open(network, texts);
  private final List<String> images = new ArrayList<>();

  /** The tests' engine, as a bridge with that network sees it. */
  public static DockerEngine open(String network, Path texts) {
    return new DockerEngine(new DockerSettings(HOST, network, Optional.empty()), texts);
  }

  public EngineBed() {
    engine
        .images()
        .find(TINY)
        .orElseThrow(() -> new AssertionError(TINY + " is missing: run script/images tiny."));
  }

  public String network() {
    return network;
  }

  /** The folder in which the engine keeps the texts that containers have mounted. */
  public Path texts() {
    return texts;
  }

  public DockerEngine engine() {
    return engine;
  }

  public Image tiny() {
    return engine.images().find(TINY).orElseThrow();
  }

  /** Runs a command in a container, as its user, and returns what it prints. */
  public String inside(String container, String... command) {
    return docker(
        Stream.concat(Stream.of("exec", container), Stream.of(command)).toArray(String[]::new));
  }

  /** Makes an image out of the tiny one, by a shell command and changes such as {@code USER x}. */
  public ImageName image(String name, String command, String... changes) {
    var image = network + "/" + name + ":1";
    var container = network + "-make";
    docker("run", "--network=none", "--name", container, TINY.name(), "sh", "-c", command);
    var commit = new ArrayList<>(List.of("commit"));
    Stream.of("CMD [\"jupyterhub-singleuser\"]", "LABEL test=" + network)
        .forEach(change -> commit.addAll(List.of("--change", change)));
    Stream.of(changes).forEach(change -> commit.addAll(List.of("--change", change)));
    commit.addAll(List.of(container, image));
    docker(commit.toArray(String[]::new));
    docker("rm", container);
    images.add(image);
    return ImageName.of(image);
  }

  /** Has the engine forget an image at the end. */
  public void removeAtEnd(ImageName image) {
    images.add(image.name());
  }

  /** Runs Docker's own client, and returns what it prints. */
  public String docker(String... arguments) {
    var command = new ArrayList<>(List.of("docker", "--host", HOST.toString()));
    command.addAll(List.of(arguments));
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      var output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
      if (process.waitFor() != 0) {
        throw new AssertionError(String.join(" ", command) + "\n" + output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    try (engine) {
      for (var label : List.of("org.homeport.network", "org.homeport.reader")) {
        docker("ps", "--all", "--quiet", "--filter", "label=" + label + "=" + network)
            .lines()
            .forEach(engine::remove);
      }
      removeTexts();
      engine.remove(network + "-make");
      docker("network", "ls", "--quiet", "--filter", "name=^" + network + "$")
          .lines()
          .forEach(id -> docker("network", "rm", id));
      images.forEach(image -> docker("rmi", "--force", image));
    }
  }

  private void removeTexts() {
    try {
      if (Files.isDirectory(texts)) {
        try (var containers = Files.list(texts)) {
          containers.forEach(own -> engine.forget(own.getFileName().toString()));
        }
        Files.delete(texts);
      }
      Files.deleteIfExists(texts.resolveSibling(network + ".subnet"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
