package org.homeport.spawn.seed;

import java.util.Objects;

/**
 * The files that Homeport takes out of an image.
 *
 * @param seed the files of its seed folder
 * @param passwd the text of its /etc/passwd; empty if it has none
 * @param group the text of its /etc/group; empty if it has none
 */
public record ImageFiles(Seed seed, String passwd, String group) {
  public ImageFiles {
    Objects.requireNonNull(seed);
    Objects.requireNonNull(passwd);
    Objects.requireNonNull(group);
  }
}
