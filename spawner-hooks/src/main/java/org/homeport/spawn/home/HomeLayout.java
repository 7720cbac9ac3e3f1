package org.homeport.spawn.home;

import java.nio.file.Path;

/**
 * The layout of one home: the one class that spells its paths.
 *
 * @param root the home itself
 */
public record HomeLayout(Path root) {

  /** The folder of an environment, by the name that {@link EnvironmentFolders} gave it. */
  public Path environment(String folder) {
    var path = root.resolve(folder);
    if (!root.equals(path.getParent()) || !path.equals(path.normalize())) {
      throw new IllegalArgumentException("Not the name of a folder: '" + folder + "'");
    }
    return path;
  }
}
