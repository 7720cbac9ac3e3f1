package org.homeport.spawn.mount;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.homeport.spawn.files.FileSystemWatch;
import org.homeport.spawn.files.SilentFileSystemException;
import org.homeport.spawn.refusal.SpawnRefused;

/** The data that every server sees, as read-only mounts. */
public final class DataSources {
  public static final DataSources NONE = new DataSources(List.of());

  private static final String UNSAFE = "data-unsafe";
  private static final FileSystemWatch WATCH = new FileSystemWatch();

  private final List<DataSource> sources;

  private DataSources(List<DataSource> sources) {
    this.sources = sources;
  }

  /**
   * These sources and one more.
   *
   * @throws IllegalArgumentException when its target is another's or one lies in the other: the
   *     inner one would need a folder made in data that is read-only
   */
  public DataSources and(DataSource source) {
    sources.forEach(other -> requireApart(other.target(), source.target()));
    return new DataSources(Stream.concat(sources.stream(), Stream.of(source)).toList());
  }

  public List<DataSource> sources() {
    return sources;
  }

  /** The data of one server: its mounts, and a sentence for each source that is left out. */
  public record Offer(List<Mount> mounts, List<String> warnings) {}

  /**
   * The data for a server with this home, as the host has it now.
   *
   * @throws SpawnRefused when a source is missing, or would lie in the home or over it
   */
  public Offer offerTo(Path home) {
    var mounts = new ArrayList<Mount>();
    var warnings = new ArrayList<String>();
    for (var data : sources) {
      requireOutside(home, data.target());
      try {
        mounts.add(new Mount(folder(data.source()), data.target(), true));
      } catch (SpawnRefused missing) {
        if (!data.optional() || missing.code().equals(UNSAFE)) {
          throw missing;
        }
        warnings.add("The data in " + data.target() + " is not available at the moment.");
      }
    }
    return new Offer(mounts, warnings);
  }

  /** The path without links, so that what is mounted is what was looked at. */
  private static Path folder(Path source) {
    try {
      return WATCH.ask(source, () -> realFolder(source));
    } catch (SilentFileSystemException e) {
      throw silent(source, e);
    } catch (IOException e) {
      throw missing(source, e);
    }
  }

  private static Path realFolder(Path source) throws IOException {
    var real = source.toRealPath();
    if (!Files.isDirectory(real)) {
      throw new NotDirectoryException(real.toString());
    }
    requireSafe(source);
    return real;
  }

  private static void requireApart(Path one, Path other) {
    if (nested(one, other)) {
      throw new IllegalArgumentException(
          "The data targets '"
              + one
              + "' and '"
              + other
              + "' are the same or one in the other:"
              + " give each a place of its own, or mount the inner one on the host.");
    }
  }

  private static void requireOutside(Path home, Path target) {
    if (nested(home, target)) {
      throw new SpawnRefused(
          "data-in-home",
          "The data target " + target + " and the home " + home + " are one in the other.",
          "Set another target under data in homeport.yaml, such as /srv/data.");
    }
  }

  private static boolean nested(Path one, Path other) {
    return one.startsWith(other) || other.startsWith(one);
  }

  /** Passes when no user can put something else in the place of the source. */
  private static void requireSafe(Path source) throws IOException {
    var writable = SafeWay.writableAbove(source);
    if (writable.isPresent()) {
      throw new SpawnRefused(
          UNSAFE,
          "The data folder "
              + source
              + " is below "
              + writable.get()
              + ", where a user may write and could put another folder in its place.",
          "Move the data to a place that only root can change, such as /srv, or make "
              + writable.get()
              + " root's own.");
    }
  }

  private static SpawnRefused silent(Path source, IOException cause) {
    return new SpawnRefused(
        "data-silent",
        "The data folder " + source + " is in a file system that does not answer.",
        "Have its server looked at, or set optional: true for it under data in homeport.yaml.",
        cause);
  }

  private static SpawnRefused missing(Path source, IOException cause) {
    return new SpawnRefused(
        "data-missing",
        "The data folder " + source + " is missing on the host.",
        "Make or mount it, or set optional: true for it under data in homeport.yaml.",
        cause);
  }
}
