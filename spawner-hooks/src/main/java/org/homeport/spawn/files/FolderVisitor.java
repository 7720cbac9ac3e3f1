package org.homeport.spawn.files;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;

/**
 * Looks at one folder for a {@link TreeWalk}. A fault of one entry ends nothing but the look at
 * this entry; an {@link IOException} that is not a {@link FileSystemException} ends the walk.
 */
public interface FolderVisitor {

  /**
   * Chooses from a part of the names in the folder those to look at. Nothing has been asked of the
   * file system about them, so that one which may not answer can be left alone. A {@link
   * FileSystemException} cuts the folder off.
   *
   * @param hasMore whether more names follow, in a big folder
   */
  default List<RawPath> choose(List<RawPath> names, boolean hasMore) throws IOException {
    return names;
  }

  /**
   * Looks at an entry of the folder.
   *
   * @return whether to walk through it, if it is a folder
   */
  boolean look(RawPath name, Attributes found) throws IOException;

  /** Hears of an entry that could not be looked at. */
  void failed(RawPath name, FileSystemException why) throws IOException;

  /** Hears of a folder that could be looked at, but not walked through. */
  default void closed(RawPath name, FileSystemException why) throws IOException {
    failed(name, why);
  }

  /**
   * Hears that the folder could not be read to its end, from the last part on; {@link #end}
   * follows.
   */
  void cutOff(FileSystemException why) throws IOException;

  /** Hears that the walk through the folders found so far begins, and that more names follow. */
  default void pause() throws IOException {}

  /** Hears that there are no more entries; the walk through the folders in it begins. */
  default void end() throws IOException {}

  /** Makes the visitor of a folder in this one, which stays open for as long as its walk. */
  FolderVisitor enter(RawPath name, Directory folder) throws IOException;
}
