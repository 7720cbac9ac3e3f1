package org.homeport.spawn.files;

import java.io.IOException;
import java.nio.file.FileSystemException;

/**
 * Looks at one folder for a {@link TreeWalk}. A fault of one entry ends nothing but the look at
 * this entry; an {@link IOException} that is not a {@link FileSystemException} ends the walk.
 */
public interface FolderVisitor {

  /**
   * Looks at an entry of the folder.
   *
   * @return whether to walk through it, if it is a folder
   */
  boolean look(RawPath name, Attributes found) throws IOException;

  /** Hears of an entry that could not be looked at or walked through. */
  void failed(RawPath name, FileSystemException why) throws IOException;

  /** Hears that the folder could not be read to its end; {@link #end} follows. */
  void cutOff(FileSystemException why) throws IOException;

  /** Hears that there are no more entries; the walk through the folders in it begins. */
  default void end() throws IOException {}

  /** Makes the visitor of a folder in this one, which stays open for as long as its walk. */
  FolderVisitor enter(RawPath name, Directory folder) throws IOException;
}
