package org.homeport.spawn.mount;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.homeport.spawn.refusal.SpawnRefused;

/** The data that every server sees, as read-only mounts. */
public final class DataSources {
  private final List<DataSource> sources;

  public DataSources(List<DataSource> sources) {
    this.sources = List.copyOf(sources);
  }

  /** What one server gets: its data mounts, and a sentence for each source that is left out. */
  public record Mounts(List<Mount> mounts, List<String> warnings) {}

  /**
   * The data mounts of a server with this home.
   *
   * @throws SpawnRefused when a source is missing, or would hide the home
   */
  public Mounts mountsFor(Path home) {
    var mounts = new ArrayList<Mount>();
    var warnings = new ArrayList<String>();
    for (var source : sources) {
      if (Files.isDirectory(source.source())) {
        mounts.add(new Mount(realPath(source.source()), source.target(), true));
      } else if (source.optional()) {
        warnings.add("The data folder " + source.target() + " is not available at the moment.");
      } else {
        throw missing(source.source(), null);
      }
    }
    return new Mounts(mounts, warnings);
  }

  private static Path realPath(Path source) {
    try {
      return source.toRealPath();
    } catch (IOException e) {
      throw missing(source, e);
    }
  }

  private static SpawnRefused missing(Path source, IOException cause) {
    return new SpawnRefused(
        "data-missing",
        "The data folder " + source + " does not exist on the host.",
        "Create or mount it, or set optional: true for it under data in homeport.yaml.",
        cause);
  }
}
