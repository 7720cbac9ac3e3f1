package org.homeport.spawn.files;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;

/**
 * Walks once through everything below a folder, by open folders and never through a link: first
 * through all entries of a folder, then through the folders in it. Takes a big folder in parts, so
 * that it needs memory for one part on each level only, however many files there are.
 */
public final class TreeWalk {
  /** A folder is held open at each level, and deeper trees fit neither a path nor a remote. */
  public static final int DEEPEST = 255;

  /** The number of names in one part of a folder. */
  public static final int AT_ONCE = 1000;

  private TreeWalk() {}

  /**
   * Walks through the folder.
   *
   * @throws FileSystemException when the folder itself cannot be read
   */
  public static void through(Directory top, FolderVisitor visitor) throws IOException {
    try (var names = top.list()) {
      names.hasNext(); // throws, where below the top it would only cut off
      walk(top, names, 0, visitor);
    }
  }

  private static void walk(Directory folder, NameList names, int depth, FolderVisitor visitor)
      throws IOException {
    boolean hasMore;
    do {
      var folders = List.<RawPath>of();
      try {
        var part = names.next(AT_ONCE);
        hasMore = names.hasNext();
        folders = look(folder, visitor.choose(part, hasMore), visitor);
      } catch (FileSystemException e) {
        hasMore = false;
        visitor.cutOff(e);
      }
      if (hasMore) {
        visitor.pause();
      } else {
        visitor.end();
      }
      below(folder, folders, depth + 1, visitor);
    } while (hasMore);
  }

  private static List<RawPath> look(Directory folder, List<RawPath> names, FolderVisitor visitor)
      throws IOException {
    var folders = new ArrayList<RawPath>();
    for (var name : names) {
      if (isToEnter(folder, name, visitor)) {
        folders.add(name);
      }
    }
    return folders;
  }

  private static boolean isToEnter(Directory folder, RawPath name, FolderVisitor visitor)
      throws IOException {
    try {
      var found = folder.attributes(name);
      return found.isPresent()
          && visitor.look(name, found.get())
          && found.get().kind() == Attributes.Kind.FOLDER;
    } catch (FileSystemException e) {
      visitor.failed(name, e);
      return false;
    }
  }

  private static void below(
      Directory folder, List<RawPath> folders, int depth, FolderVisitor visitor)
      throws IOException {
    for (var name : folders) {
      if (depth > DEEPEST) {
        visitor.closed(name, new TooDeepException(folder + "/" + name, DEEPEST));
        continue;
      }
      Directory next;
      try {
        next = folder.folder(name);
      } catch (FileSystemException e) {
        visitor.closed(name, e); // gone meanwhile, or closed to its owner
        continue;
      }
      try (next;
          var names = next.list()) {
        walk(next, names, depth, visitor.enter(name, next));
      }
    }
  }
}
