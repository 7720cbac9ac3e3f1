package org.homeport.spawn.files;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Copies and removes whole folders, never through a link. */
public final class Trees {
  private static final int BUFFER = 64 * 1024;
  private static final int DEEPEST = 100;

  private Trees() {}

  /** Copies everything in one folder into another, empty one; leaves devices and the like out. */
  public static void copy(Directory from, Directory to) throws IOException {
    for (var name : from.names()) {
      var attributes = from.attributes(name).orElseThrow();
      switch (attributes.kind()) {
        case FILE -> copyFile(from, to, name, attributes);
        case LINK -> to.makeLink(name, from.linkTarget(name));
        case FOLDER -> {
          to.makeFolder(name);
          try (var source = from.folder(name);
              var target = to.folder(name)) {
            copy(source, target);
            target.mode(attributes.mode() & 0777);
          }
        }
        case OTHER -> {}
      }
    }
  }

  /**
   * Removes everything in a folder.
   *
   * @throws IOException also if it is deeper than anything that was copied
   */
  public static void empty(Directory folder) throws IOException {
    empty(folder, 0);
  }

  private static void empty(Directory folder, int depth) throws IOException {
    if (depth > DEEPEST) {
      throw new IOException(folder + " is too deep to be removed");
    }
    for (var name : folder.names()) {
      var found = folder.attributes(name);
      if (found.isPresent() && found.get().kind() == Attributes.Kind.FOLDER) {
        try (var below = folder.folder(name)) {
          empty(below, depth + 1);
        }
        folder.removeFolder(name);
      } else if (found.isPresent()) {
        folder.removeFile(name);
      }
    }
  }

  private static void copyFile(Directory from, Directory to, RawPath name, Attributes attributes)
      throws IOException {
    var buffer = ByteBuffer.allocateDirect(BUFFER);
    try (var source = from.read(name);
        var target = to.create(name)) {
      while (source.read(buffer.clear()) >= 0) {
        target.write(buffer.flip());
      }
      target.mode(attributes.mode() & 0777);
      target.mtime(attributes.mtime());
    }
  }
}
