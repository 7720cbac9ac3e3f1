package org.homeport.bridge.scan;

import java.util.List;
import java.util.Objects;
import org.homeport.bridge.run.Skipped;

/**
 * What the scan found in one folder of a home.
 *
 * @param path below the home; empty for the home itself
 * @param entries what is to be backed up
 * @param skipped what is not
 * @param complete whether the folder was listed to its end: only then is what is missing gone
 */
public record ScannedFolder(
    String path, List<ScannedEntry> entries, List<Skipped> skipped, boolean complete) {
  public ScannedFolder {
    Objects.requireNonNull(path);
  }
}
