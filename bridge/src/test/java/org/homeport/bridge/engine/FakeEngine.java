package org.homeport.bridge.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An engine in memory. It runs three commands: {@code sleep}, {@code exit CODE} and {@code echo
 * LINE…}, which sleeps afterwards. Without a command it sleeps, as the image's own does.
 */
public final class FakeEngine implements ContainerEngine {
  private final String network;
  private final Map<String, Running> containers;
  private final AtomicInteger looks = new AtomicInteger();

  public FakeEngine(String network) {
    this(network, new LinkedHashMap<>());
  }

  private FakeEngine(String network, Map<String, Running> containers) {
    this.network = network;
    this.containers = containers;
  }

  /** The same engine as a bridge with another network sees it. */
  FakeEngine beside(String otherNetwork) {
    return new FakeEngine(otherNetwork, containers);
  }

  /** Counts the questions for one container. */
  public int looks() {
    return looks.get();
  }

  @Override
  public EngineVersion version() {
    return new EngineVersion("1.0", "1.0");
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.noneOf(Capability.class);
  }

  @Override
  public String remedy() {
    return "Make another one.";
  }

  @Override
  public Network network() {
    return new Network(network, Optional.empty(), Optional.empty());
  }

  @Override
  public synchronized Optional<String> run(ContainerSpec spec) {
    if (!spec.image().equals(FakeImages.ID)) {
      throw new EngineRejected("No such image: " + spec.image());
    }
    if (find(spec.name()).isPresent()) {
      return Optional.empty();
    }
    var running = new Running(spec, network);
    containers.put(running.container.id(), running);
    if (spec.command().contains("exit")) {
      running.end(Integer.parseInt(spec.command().get(1)));
    }
    return Optional.of(running.container.id());
  }

  @Override
  public synchronized Optional<Container> container(String container) {
    looks.incrementAndGet();
    return find(container).map(running -> running.container);
  }

  @Override
  public synchronized List<ListedContainer> containers() {
    return containers.values().stream()
        .map(running -> running.container)
        .filter(one -> network.equals(one.labels().get(NETWORK_LABEL)))
        .map(
            one ->
                new ListedContainer(one.id(), one.name(), one.labels(), one.state(), one.address()))
        .toList();
  }

  @Override
  public synchronized void stop(String container, Duration grace) {
    find(container)
        .filter(running -> running.container.state() == Container.State.RUNNING)
        .ifPresent(running -> running.end(143));
  }

  @Override
  public synchronized void remove(String container) {
    find(container).ifPresent(running -> containers.remove(running.container.id()));
  }

  @Override
  public void forget(String container) {}

  @Override
  public synchronized String log(String container, int lines) {
    return find(container).map(running -> running.log(lines)).orElse("");
  }

  @Override
  public void close() {}

  private Optional<Running> find(String nameOrId) {
    return containers.values().stream()
        .filter(
            running ->
                Stream.of(running.container.id(), running.container.name())
                    .anyMatch(nameOrId::equals))
        .findFirst();
  }

  private static final class Running {
    private final ContainerSpec spec;
    private Container container;

    private Running(ContainerSpec spec, String network) {
      this.spec = spec;
      var labels = new HashMap<>(spec.labels());
      labels.put(NETWORK_LABEL, network);
      container =
          new Container(
              UUID.randomUUID().toString(),
              spec.name(),
              labels,
              Container.State.RUNNING,
              Optional.of("127.0.0.1"),
              OptionalInt.empty(),
              false,
              Instant.now());
    }

    private void end(int code) {
      container =
          new Container(
              container.id(),
              container.name(),
              container.labels(),
              Container.State.EXITED,
              Optional.empty(),
              OptionalInt.of(code),
              false,
              Instant.now());
    }

    private String log(int lines) {
      var written =
          spec.command().contains("echo")
              ? spec.command().subList(1, spec.command().size())
              : List.<String>of();
      return written.stream()
          .skip(Math.max(0, written.size() - lines))
          .map(line -> line + "\n")
          .collect(Collectors.joining());
    }
  }
}
