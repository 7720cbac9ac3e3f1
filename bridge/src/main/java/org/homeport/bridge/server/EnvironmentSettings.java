package org.homeport.bridge.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.homeport.spawn.SpawnPlanner.StartIn;

/**
 * Which environments are on offer, and how a user meets them.
 *
 * @param images patterns of the allowed images; none allows none
 * @param seed the folder of an image whose files an environment folder begins with
 * @param startIn the folder that a server starts in
 */
public record EnvironmentSettings(List<String> images, Pull pull, Path seed, StartIn startIn) {
  public static final Path DEFAULT_SEED = Path.of("/home/jovyan");

  /** When an image is fetched from its registry. */
  public enum Pull {
    IF_MISSING,
    ALWAYS,
    NEVER
  }

  public EnvironmentSettings {
    images = List.copyOf(images);
    Objects.requireNonNull(pull);
    Objects.requireNonNull(seed);
    Objects.requireNonNull(startIn);
  }
}
