package org.homeport.bridge.scan;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.Set;
import org.homeport.spawn.files.Attributes;

/**
 * The end of a tree where another file system begins.
 *
 * @param mounts the paths of those that are mounted, which are not even looked at
 * @param device the file system of the tree; empty when a tree may be in several
 */
record Boundary(Set<String> mounts, OptionalLong device) {
  static final Boundary NONE = new Boundary(Set.of(), OptionalLong.empty());

  static Boundary of(Path top, long device) throws IOException {
    return new Boundary(MountPoints.below(top), OptionalLong.of(device));
  }

  boolean isMount(String path) {
    return !mounts.isEmpty() && mounts.contains(path);
  }

  /**
   * Whether something lies in another file system: one that came up a moment ago, or a subvolume.
   */
  boolean isBeyond(Attributes attributes) {
    return device.isPresent() && device.getAsLong() != attributes.device();
  }
}
