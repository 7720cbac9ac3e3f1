package org.homeport.spawn.files;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;

/**
 * Walks once through everything below a folder, by open folders and never through a link: first
 * through all entries of a folder, then through the folders in it. Needs memory for the names of
 * folders only, however many files there are.
 */
public final class TreeWalk {
  /** A folder is held open at each level, and deeper trees fit neither a path nor a remote. */
  public static final int DEEPEST = 255;

  private TreeWalk() {}

  /**
   * Walks through the folder.
   *
   * @throws FileSystemException when the folder itself cannot be read
   */
  public static void through(Directory top, FolderVisitor visitor) throws IOException {
    var folders = entries(top, visitor);
    visitor.end();
    below(top, folders, 1, visitor);
  }

  private static List<RawPath> entries(Directory folder, FolderVisitor visitor) throws IOException {
    var folders = new ArrayList<RawPath>();
    folder.eachName(
        name -> {
          if (isToEnter(folder, name, visitor)) {
            folders.add(name);
          }
        });
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
        visitor.failed(name, new TooDeepException(folder + "/" + name, DEEPEST));
        continue;
      }
      Directory next;
      try {
        next = folder.folder(name);
      } catch (FileSystemException e) {
        visitor.failed(name, e); // gone meanwhile, or closed to its owner
        continue;
      }
      try (next) {
        walk(next, depth, visitor.enter(name, next));
      }
    }
  }

  private static void walk(Directory folder, int depth, FolderVisitor visitor) throws IOException {
    var folders = List.<RawPath>of();
    try {
      folders = entries(folder, visitor);
    } catch (FileSystemException e) {
      visitor.cutOff(e);
    }
    visitor.end();
    below(folder, folders, depth + 1, visitor);
  }
}
