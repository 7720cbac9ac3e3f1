package org.homeport.bridge.scan;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.homeport.bridge.run.Skipped;

/**
 * The content of one folder of a home, as a scan found it; of a big folder a part.
 *
 * @param path below the home; empty for the home itself
 * @param entries what is to be backed up
 * @param skipped what is not
 * @param unseen names that are there and could not be looked at, so that what was saved of them is
 *     not gone
 * @param part of the folder's content
 * @param complete whether the folder was listed to its end: only then is what is missing gone
 */
public record ScannedFolder(
    String path,
    List<ScannedEntry> entries,
    List<Skipped> skipped,
    Set<String> unseen,
    Part part,
    boolean complete) {

  /** The parts into which a folder's content is split. */
  public enum Part {
    /** All of it. */
    WHOLE,
    /** Some of it, and more will come. */
    SOME,
    /** The rest of it. */
    LAST
  }

  public ScannedFolder {
    Objects.requireNonNull(path);
  }

  public boolean isWhole() {
    return part == Part.WHOLE;
  }

  public boolean isLast() {
    return part != Part.SOME;
  }

  /** A folder that could not be read. */
  static ScannedFolder unread(String path, Skipped why) {
    return new ScannedFolder(path, List.of(), List.of(why), Set.of(), Part.WHOLE, false);
  }
}
