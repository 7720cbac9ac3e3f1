package org.homeport.spawn.home;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.homeport.spawn.files.Attributes.Kind;
import org.homeport.spawn.files.Directory;
import org.homeport.spawn.files.FolderTree;
import org.homeport.spawn.files.RawPath;
import org.homeport.spawn.seed.Seed;
import org.homeport.spawn.seed.SeedEntry;
import org.homeport.spawn.seed.SeedMerge.Step;

/**
 * Carries out a merge in an environment folder. Every file is written in a work folder and then
 * renamed, so that none is ever seen half-written under its name.
 */
final class SeedWriter implements Closeable {
  private static final RawPath WORK = RawPath.of(".homeport-seeding");
  private static final int BUFFER = 1 << 20;

  private final Directory folder;
  private final FolderTree tree;
  private final FolderLook look;
  private final Seed seed;
  private final Directory work;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
  private final List<Step> foldersMade = new ArrayList<>();
  private int written;
  private boolean complete = true;

  SeedWriter(Directory folder, FolderTree tree, FolderLook look, Seed seed) throws IOException {
    this.folder = folder;
    this.tree = tree;
    this.look = look;
    this.seed = seed;
    this.work = openWork(folder);
  }

  /**
   * Writes the steps.
   *
   * @param afterEach hears of each step that is through
   * @return whether everything went as planned; if not, the user changed something meanwhile, which
   *     was left alone and needs another plan
   */
  boolean write(List<Step> steps, Consumer<Step> afterEach) throws IOException {
    for (var step : steps) {
      try {
        write(step);
      } catch (FileAlreadyExistsException
          | NoSuchFileException
          | NotDirectoryException
          | AccessDeniedException changed) {
        complete = false;
      }
      afterEach.accept(step);
    }
    for (var step : foldersMade) {
      finish(step);
    }
    return complete;
  }

  /** Removes the work folder, unless the user put something into it. */
  @Override
  public void close() {
    work.close();
    try {
      folder.removeFolder(WORK);
    } catch (IOException inUse) {
      // The next run takes it over.
    }
  }

  private void write(Step step) throws IOException {
    var parent = tree.parentOf(step.target());
    var name = step.target().name();
    if (step.replaces() && !parent.attributes(name).equals(look.attributes(step.target()))) {
      throw new FileAlreadyExistsException(step.target().text());
    }
    if (step.entry() instanceof SeedEntry.Folder) {
      if (step.replaces()) {
        parent.removeFile(name);
      }
      parent.makeFolder(name);
      foldersMade.add(step);
      return;
    }
    var unnamed = RawPath.of(Integer.toString(written++));
    try {
      fill(unnamed, step);
      if (step.replaces()) {
        work.rename(unnamed, parent, name);
      } else {
        work.renameIfFree(unnamed, parent, name);
      }
    } catch (IOException e) {
      removeQuietly(unnamed);
      throw e;
    }
  }

  private void fill(RawPath unnamed, Step step) throws IOException {
    if (step.entry() instanceof SeedEntry.Link link) {
      work.makeLink(unnamed, link.target());
      work.mtime(unnamed, link.mtime());
    } else if (step.entry() instanceof SeedEntry.File entry) {
      try (var file = work.create(unnamed)) {
        for (var at = 0L; at < entry.size(); at += buffer.limit()) {
          seed.read(step.path(), at, buffer.clear());
          file.write(buffer.flip());
        }
        file.mode(entry.mode());
        file.mtime(entry.mtime());
      }
    }
  }

  /** Modes and times of folders come last: what was put into them changed their times. */
  private void finish(Step step) throws IOException {
    try {
      var made = tree.folder(step.target());
      made.mode(((SeedEntry.Folder) step.entry()).mode());
      made.mtime(step.entry().mtime());
    } catch (NoSuchFileException | NotDirectoryException | AccessDeniedException changed) {
      complete = false;
    }
  }

  /** Makes the work folder, or takes over the one that a killed run left behind. */
  private static Directory openWork(Directory folder) throws IOException {
    var left = folder.attributes(WORK);
    if (left.isPresent() && left.get().kind() != Kind.FOLDER) {
      folder.removeFile(WORK);
      left = Optional.empty();
    }
    if (left.isEmpty()) {
      folder.makeFolder(WORK);
    }
    var work = folder.folder(WORK);
    try {
      for (var name : left.isPresent() ? work.names() : List.<RawPath>of()) {
        if (work.attributes(name).filter(a -> a.kind() != Kind.FOLDER).isPresent()) {
          work.removeFile(name);
        }
      }
      return work;
    } catch (IOException e) {
      work.close();
      throw e;
    }
  }

  private void removeQuietly(RawPath unnamed) {
    try {
      work.removeFile(unnamed);
    } catch (IOException e) {
      // The next run empties the work folder.
    }
  }
}
