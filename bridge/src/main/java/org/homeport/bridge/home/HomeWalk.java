package org.homeport.bridge.home;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.time.Instant;
import org.homeport.spawn.files.Attributes;
import org.homeport.spawn.files.Attributes.Kind;
import org.homeport.spawn.files.Directory;
import org.homeport.spawn.files.FolderVisitor;
import org.homeport.spawn.files.RawPath;
import org.homeport.spawn.files.TreeWalk;

/** One walk through a home to add up its files. Runs as the owner, opens nothing but folders. */
final class HomeWalk implements FolderVisitor {
  private final long end;
  private long bytes;
  private long files;
  private boolean complete = true;

  private HomeWalk(Duration patience) {
    this.end = System.nanoTime() + patience.toNanos();
  }

  /**
   * Walks until everything is seen or the patience is over.
   *
   * @throws IOException when the home itself cannot be read
   */
  static HomeWalk of(Directory home, Duration patience) throws IOException {
    var walk = new HomeWalk(patience);
    try {
      TreeWalk.through(home, walk);
    } catch (TimeIsUp e) {
      walk.complete = false;
    }
    return walk;
  }

  HomeSize sizeAt(Instant now) {
    return new HomeSize(bytes, files, complete, now);
  }

  @Override
  public boolean look(RawPath name, Attributes found) throws IOException {
    if (System.nanoTime() - end > 0) {
      throw new TimeIsUp();
    }
    if (found.kind() == Kind.FILE) {
      files++;
      bytes += found.size();
    }
    return true;
  }

  @Override
  public void failed(RawPath name, FileSystemException why) {
    complete = false;
  }

  @Override
  public void cutOff(FileSystemException why) {
    complete = false;
  }

  @Override
  public FolderVisitor enter(RawPath name, Directory folder) {
    return this;
  }

  /** Ends the walk. */
  private static final class TimeIsUp extends IOException {
    private static final long serialVersionUID = 1L;
  }
}
