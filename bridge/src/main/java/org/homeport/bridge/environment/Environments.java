package org.homeport.bridge.environment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.homeport.bridge.engine.EngineRejected;
import org.homeport.bridge.engine.Image;
import org.homeport.bridge.engine.ImageStore;
import org.homeport.spawn.image.ImageName;
import org.homeport.spawn.image.ImagePattern;
import org.homeport.spawn.image.ImagePolicy;
import org.homeport.spawn.refusal.SpawnRefused;

/** The environments on offer: allowed images that the engine has, or that can be fetched. */
public final class Environments {
  private static final String IN_USE = "environment-in-use";
  private static final int NAMED = 5;

  private final ImageStore store;
  private final Function<ImageName, List<String>> users;
  private final List<ImagePattern> patterns;
  private final ImagePolicy policy;

  /**
   * One image that a user may choose.
   *
   * @param present whether the engine has it, so that no start has to wait for it
   * @param size bytes, unpacked
   * @param digest in its registry
   */
  public record Environment(
      ImageName image, boolean present, OptionalLong size, Optional<String> digest) {}

  /** The environments on offer, and the patterns by which anything else may be asked for. */
  public record Offer(List<Environment> items, List<ImagePattern> patterns) {
    public Offer {
      items = List.copyOf(items);
      patterns = List.copyOf(patterns);
    }
  }

  /**
   * @param users tells the servers, by their ids, that have a container of an image
   */
  public Environments(
      ImageStore store, Function<ImageName, List<String>> users, List<ImagePattern> patterns) {
    this.store = store;
    this.users = users;
    this.patterns = List.copyOf(patterns);
    this.policy = new ImagePolicy(patterns);
  }

  /** Lists the environments that are on offer now, by name. */
  public Offer offer() {
    var present = present();
    var environments = new ArrayList<Environment>();
    present.forEach((name, image) -> environments.add(present(name, image)));
    patterns.stream()
        .flatMap(pattern -> exactly(pattern).stream())
        .filter(name -> policy.allows(name) && !present.containsKey(name))
        .distinct()
        .map(name -> new Environment(name, false, OptionalLong.empty(), Optional.empty()))
        .forEach(environments::add);
    environments.sort(Comparator.comparing(environment -> environment.image().toString()));
    return new Offer(environments, patterns);
  }

  /** Returns the bytes that are free where images are kept; empty when nobody can tell. */
  OptionalLong freeSpace() {
    return store.freeSpace();
  }

  /**
   * Removes an environment from this host; it stays on offer where it can be fetched again.
   * Repeatable.
   *
   * @throws SpawnRefused when it is not on offer, or a container needs it
   */
  public void remove(ImageName name) {
    policy.check(name);
    var servers = users.apply(name);
    if (!servers.isEmpty()) {
      throw new SpawnRefused(
          IN_USE,
          "The environment " + name + " is in use by " + some(servers) + ".",
          "Stop these servers first, and forget those that failed.");
    }
    try {
      store.remove(name);
    } catch (EngineRejected e) {
      throw new SpawnRefused(
          IN_USE,
          "The environment " + name + " was not removed: " + e.getMessage() + ".",
          "Remove what needs it: '" + store.usersCommand(name) + "' tells.",
          e);
    }
  }

  private static String some(List<String> servers) {
    var first = servers.stream().limit(NAMED).collect(Collectors.joining(", "));
    return servers.size() <= NAMED ? first : first + " and " + (servers.size() - NAMED) + " more";
  }

  private Map<ImageName, Image> present() {
    var present = new HashMap<ImageName, Image>();
    for (var image : store.list()) {
      for (var name : image.names()) {
        name(name).filter(policy::allows).ifPresent(allowed -> present.put(allowed, image));
      }
    }
    return present;
  }

  private static Environment present(ImageName name, Image image) {
    return new Environment(name, true, OptionalLong.of(image.size()), image.digest());
  }

  /** The one image that a pattern without a star names. */
  private static Optional<ImageName> exactly(ImagePattern pattern) {
    return pattern.isExact() ? name(pattern.pattern()) : Optional.empty();
  }

  /** An engine may hold names that no one can ask for. */
  private static Optional<ImageName> name(String text) {
    try {
      return Optional.of(ImageName.of(text));
    } catch (SpawnRefused e) {
      return Optional.empty();
    }
  }
}
