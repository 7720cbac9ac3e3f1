package org.homeport.spawn.files;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Walks to folders below one folder, name by name, each opened in the one before. Keeps the last
 * way open, so that going through a tree in order opens each folder about once.
 */
public final class FolderTree implements Closeable {
  private record Stop(RawPath path, Directory directory) {}

  private final Directory top;
  private final Deque<Stop> way = new ArrayDeque<>();

  /**
   * @param top stays open when this closes
   */
  public FolderTree(Directory top) {
    this.top = top;
  }

  /** The folder that holds the last name of the path; open until the next call. */
  public Directory parentOf(RawPath path) throws IOException {
    return folder(path.parent());
  }

  /** The folder itself; open until the next call. */
  public Directory folder(RawPath path) throws IOException {
    if (path.isTop()) {
      return top;
    }
    while (!way.isEmpty() && !path.isWithin(way.peek().path)) {
      way.pop().directory.close();
    }
    if (!way.isEmpty() && way.peek().path.equals(path)) {
      return way.peek().directory;
    }
    var next = folder(path.parent()).folder(path.name());
    way.push(new Stop(path, next));
    return next;
  }

  @Override
  public void close() {
    way.forEach(stop -> stop.directory.close());
    way.clear();
  }
}
