package org.homeport.bridge.backup;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.homeport.bridge.remote.Md5;
import org.homeport.bridge.run.RunProgress;
import org.homeport.spawn.files.Attributes;
import org.homeport.spawn.files.DerivedName;
import org.homeport.spawn.files.Directory;
import org.homeport.spawn.files.OpenFile;
import org.homeport.spawn.files.RawPath;
import org.homeport.spawn.files.SparseWriter;

/**
 * Writes what a restore brings back into a home, always as its owner: goes down folder by folder,
 * through no link, and moves aside what is in the way and differs.
 */
final class RestoreTarget {
  private static final int BUFFER = 1 << 16;
  private static final int TRIES = 10;

  private final String aside;
  private final RunProgress progress;
  private final Set<RawPath> made = new HashSet<>();

  /**
   * @param aside what the names of things that were in the way end in
   */
  RestoreTarget(String aside, RunProgress progress) {
    this.aside = aside;
    this.progress = progress;
  }

  /** A file that is being brought back; unnamed until it is finished. */
  final class Arriving implements Closeable {
    private final RawPath path;
    private final Directory folder;
    private final RawPath temporary;
    private final OpenFile file;
    private final SparseWriter content;
    private boolean finished;

    private Arriving(RawPath path, Directory folder) throws IOException {
      this.path = path;
      this.folder = folder;
      this.temporary = RawPath.of(".homeport-" + UUID.randomUUID());
      this.file = folder.create(temporary);
      this.content = SparseWriter.to(file);
    }

    /** Takes the content from the bridge. */
    void write(ByteBuffer bytes) throws IOException {
      content.write(bytes);
    }

    /** Gives the file its rights, its time and its name. */
    void finish(int mode, long mtime) throws IOException {
      content.finish();
      file.mode(mode);
      file.mtime(mtime);
      file.sync();
      for (var tries = 1; !finished; tries++) {
        try {
          folder.renameIfFree(temporary, folder, path.name());
          finished = true;
        } catch (FileAlreadyExistsException e) {
          if (tries == TRIES) {
            throw e; // somebody makes this file again and again
          }
          keepAside(folder, path);
        }
      }
    }

    @Override
    public void close() throws IOException {
      try (folder;
          file) {
        if (!finished) {
          folder.removeFile(temporary);
        }
      }
    }
  }

  /** Begins a file; empty when one with this content is there already. */
  Optional<Arriving> begin(Directory home, RawPath path, long size, Md5 md5) throws IOException {
    var folder = folder(home, path.parent());
    try {
      if (holds(folder, path.name(), size, md5)) {
        folder.close();
        return Optional.empty();
      }
      return Optional.of(new Arriving(path, folder));
    } catch (IOException | RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  void link(Directory home, RawPath path, String target, long mtime) throws IOException {
    try (var folder = folder(home, path.parent())) {
      var name = path.name();
      var there = folder.attributes(name);
      if (there.filter(found -> found.kind() == Attributes.Kind.LINK).isPresent()
          && folder.linkTarget(name).equals(target)) {
        return;
      }
      if (there.isPresent()) {
        keepAside(folder, path);
      }
      folder.makeLink(name, target);
      folder.mtime(name, mtime);
    }
  }

  void makeFolder(Directory home, RawPath path) throws IOException {
    folder(home, path).close();
  }

  /** Gives a folder its rights and time, unless it was there before. */
  void finishFolder(Directory home, RawPath path, int mode, long mtime) throws IOException {
    if (wasMade(path)) {
      try (var folder = folder(home, path)) {
        folder.mtime(mtime);
        folder.mode(mode);
      }
    }
  }

  private synchronized boolean wasMade(RawPath path) {
    return made.contains(path);
  }

  /** Opens a folder of the home, and makes what is missing on the way. One thread at a time. */
  private synchronized Directory folder(Directory home, RawPath path) throws IOException {
    var at = home.reopen();
    var below = RawPath.TOP;
    for (var name : path.names()) {
      below = below.resolve(name);
      try (var parent = at) {
        at = folderIn(parent, below);
      }
    }
    return at;
  }

  private Directory folderIn(Directory parent, RawPath path) throws IOException {
    var name = path.name();
    var there = parent.attributes(name);
    var isFolder = there.filter(found -> found.kind() == Attributes.Kind.FOLDER).isPresent();
    if (there.isPresent() && !isFolder) {
      keepAside(parent, path);
    }
    if (!isFolder) {
      parent.makeFolder(name);
      made.add(path);
    }
    return parent.folder(name);
  }

  /** Nothing that is there is ever lost: it only gets another name. */
  private void keepAside(Directory folder, RawPath path) throws IOException {
    var name = path.name();
    for (var other : (Iterable<RawPath>) DerivedName.beside(name, aside)::iterator) {
      try {
        folder.renameIfFree(name, folder, other);
        progress.note(
            path.text(), "was there already and differs; that one is now called " + other);
        return;
      } catch (FileAlreadyExistsException e) {
        // An earlier restore kept something under this name.
      }
    }
    throw new FileAlreadyExistsException(path.text(), null, "too many are kept beside it already");
  }

  private static boolean holds(Directory folder, RawPath name, long size, Md5 md5)
      throws IOException {
    var there = folder.attributes(name);
    if (there.filter(f -> f.kind() == Attributes.Kind.FILE && f.size() == size).isEmpty()) {
      return false;
    }
    var digest = Md5.digest();
    var buffer = ByteBuffer.allocateDirect(BUFFER);
    try (var file = folder.read(name)) {
      while (file.read(buffer.clear()) >= 0) {
        digest.update(buffer.flip());
      }
    }
    return Md5.of(digest).equals(md5);
  }
}
