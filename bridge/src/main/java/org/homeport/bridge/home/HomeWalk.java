package org.homeport.bridge.home;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.homeport.spawn.files.Attributes.Kind;
import org.homeport.spawn.files.Directory;
import org.homeport.spawn.files.RawPath;

/** One walk through a home to add up its files. Runs as the owner, opens nothing but folders. */
final class HomeWalk {
  /** A folder per level is held open. */
  private static final int MAX_DEPTH = 255;

  private final long end;
  private long bytes;
  private long files;
  private boolean complete = true;

  private HomeWalk(Duration patience) {
    this.end = System.nanoTime() + patience.toNanos();
  }

  /**
   * Walks until all is seen or the patience is over.
   *
   * @throws IOException when the home itself cannot be read
   */
  static HomeWalk of(Path home, Duration patience) throws IOException {
    var walk = new HomeWalk(patience);
    try (var directory = Directory.open(home)) {
      walk.folder(directory, 0);
    }
    return walk;
  }

  HomeSize sizeAt(Instant now) {
    return new HomeSize(bytes, files, complete, now);
  }

  private void folder(Directory folder, int depth) throws IOException {
    for (var name : folder.names()) {
      if (System.nanoTime() - end > 0) {
        complete = false;
        return;
      }
      var found = folder.attributes(name);
      if (found.isPresent() && found.get().kind() == Kind.FILE) {
        files++;
        bytes += found.get().size();
      } else if (found.isPresent() && found.get().kind() == Kind.FOLDER) {
        if (depth == MAX_DEPTH) {
          complete = false;
        } else {
          below(folder, name, depth + 1);
        }
      }
    }
  }

  private void below(Directory parent, RawPath name, int depth) {
    try (var folder = parent.folder(name)) {
      folder(folder, depth);
    } catch (IOException e) {
      complete = false; // gone meanwhile, or closed to its owner
    }
  }
}
