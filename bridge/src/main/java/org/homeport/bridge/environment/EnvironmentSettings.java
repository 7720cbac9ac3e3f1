package org.homeport.bridge.environment;

import static org.homeport.bridge.settings.Readers.choice;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.homeport.bridge.settings.Readers;
import org.homeport.bridge.settings.Section;
import org.homeport.spawn.SpawnPlanner.StartIn;
import org.homeport.spawn.image.ImagePattern;

/**
 * Which environments are on offer, and how a user meets them.
 *
 * @param images patterns of the allowed images; none allows none
 * @param seed the folder of an image whose files an environment folder begins with
 * @param seedCache how many bytes of seeds are kept, so that images need not be opened again
 * @param startIn the folder that a server starts in
 */
public record EnvironmentSettings(
    List<ImagePattern> images, Pull pull, Path seed, long seedCache, StartIn startIn) {
  public static final Path DEFAULT_SEED = Path.of("/home/jovyan");
  public static final long DEFAULT_SEED_CACHE = 10L << 30;

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

  /** Reads the section {@code environments}. */
  public static EnvironmentSettings read(Section section) {
    return new EnvironmentSettings(
        section.values("images", ImagePattern::of),
        section.value("pull", choice(Pull.class), Pull.IF_MISSING),
        section.value("seed", Readers::path, DEFAULT_SEED),
        section.value("seed-cache", Readers::size, DEFAULT_SEED_CACHE),
        section.value("start-in", choice(StartIn.class), StartIn.ENVIRONMENT));
  }
}
