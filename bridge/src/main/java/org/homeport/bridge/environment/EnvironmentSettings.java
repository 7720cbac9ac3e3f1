package org.homeport.bridge.environment;

import static org.homeport.bridge.settings.Readers.choice;
import static org.homeport.bridge.settings.Readers.number;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.homeport.bridge.settings.Readers;
import org.homeport.bridge.settings.Section;
import org.homeport.spawn.SpawnPlanner.StartIn;
import org.homeport.spawn.image.ImageName;
import org.homeport.spawn.image.ImagePattern;

/**
 * Which environments are on offer, and how a user meets them.
 *
 * @param images patterns of the allowed images; none allows none
 * @param pullMatches who fetches an image that only a pattern with a star allows: with it, a user
 *     can name one after the other
 * @param pullsAtOnce how many images are fetched at the same time
 * @param keepFree how many bytes of the images' disk stay free: a fetch ends before it crosses them
 * @param seed the folder of an image whose files an environment folder begins with
 * @param seedCache how many bytes of seeds are kept, so that images need not be opened again
 * @param startIn the folder that a server starts in
 */
public record EnvironmentSettings(
    List<ImagePattern> images,
    Pull pull,
    Fetcher pullMatches,
    int pullsAtOnce,
    long keepFree,
    Path seed,
    long seedCache,
    StartIn startIn) {
  public static final int DEFAULT_PULLS_AT_ONCE = 3;
  public static final long DEFAULT_KEEP_FREE = 5L << 30;
  public static final Path DEFAULT_SEED = Path.of("/home/jovyan");
  public static final long DEFAULT_SEED_CACHE = 10L << 30;

  /** The occasions on which an image is fetched from its registry. */
  public enum Pull {
    IF_MISSING,
    ALWAYS,
    NEVER
  }

  /** The people whose starts fetch an image. */
  public enum Fetcher {
    ADMINISTRATORS,
    EVERYBODY
  }

  public EnvironmentSettings {
    if (pullsAtOnce < 1) {
      throw new IllegalArgumentException("At least one image is fetched at once: " + pullsAtOnce);
    }
    Objects.requireNonNull(pullMatches);
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
        section.value("pull-matches", choice(Fetcher.class), Fetcher.ADMINISTRATORS),
        section.value("pulls-at-once", number(1, 100), DEFAULT_PULLS_AT_ONCE),
        section.value("keep-free", Readers::size, DEFAULT_KEEP_FREE),
        section.value("seed", Readers::path, DEFAULT_SEED),
        section.value("seed-cache", Readers::size, DEFAULT_SEED_CACHE),
        section.value("start-in", choice(StartIn.class), StartIn.ENVIRONMENT));
  }

  /**
   * Tells whether a user's start may fetch this image; an administrator may fetch each allowed one.
   */
  boolean mayFetch(ImageName image) {
    return pullMatches == Fetcher.EVERYBODY
        || images.stream().anyMatch(pattern -> pattern.isExact() && pattern.matches(image));
  }
}
