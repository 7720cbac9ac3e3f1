package org.homeport.bridge.scan;

import java.util.Optional;
import org.homeport.bridge.run.Skipped;
import org.homeport.bridge.run.Skipped.Reason;
import org.homeport.spawn.files.Attributes.Kind;
import org.homeport.spawn.files.TreeWalk;

/** Decides which entries of a tree are not saved. */
record LeftOut(ChosenFolders chosen, Boundary boundary) {
  /** The kernel takes no longer path, and no remote either. */
  private static final int LONGEST_PATH = 4095;

  private static final String BEYOND = "another file system, mounted in the home";

  /** Whether a path is left out without being looked at, since to ask what is there may hang. */
  Optional<Skipped> unasked(String path) {
    return boundary.isMount(path)
        ? skipped(path, Reason.OTHER_FILE_SYSTEM, BEYOND)
        : Optional.empty();
  }

  /**
   * Whether an entry is left out.
   *
   * @param depth the number of folders between the tree and the entry
   */
  Optional<Skipped> of(ScannedEntry entry, int depth, IgnoreRules rules) {
    var path = entry.path();
    var isFolder = entry.attributes().kind() == Kind.FOLDER;
    if (!chosen.touch(path, isFolder)) {
      return skipped(path, Reason.NOT_CHOSEN, "not in a folder that is backed up");
    }
    if (rules.ignores(entry).orElse(false)) {
      return skipped(path, Reason.IGNORED, "left out by a rule");
    }
    if (boundary.isBeyond(entry.attributes())) {
      return skipped(path, Reason.OTHER_FILE_SYSTEM, BEYOND);
    }
    if (entry.attributes().kind() == Kind.OTHER) {
      return skipped(path, Reason.SPECIAL, "a fifo, a socket or a device");
    }
    if (isFolder && depth == TreeWalk.DEEPEST) {
      return skipped(path, Reason.TOO_DEEP, "deeper than " + TreeWalk.DEEPEST + " folders");
    }
    return path.length() > LONGEST_PATH
        ? skipped(path, Reason.TOO_DEEP, "a path of more than " + LONGEST_PATH + " characters")
        : Optional.empty();
  }

  private static Optional<Skipped> skipped(String path, Reason reason, String detail) {
    return Optional.of(new Skipped(path, reason, detail));
  }
}
