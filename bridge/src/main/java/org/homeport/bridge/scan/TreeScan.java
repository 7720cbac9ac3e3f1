package org.homeport.bridge.scan;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.homeport.spawn.files.Directory;
import org.homeport.spawn.files.TreeWalk;

/**
 * Looks through a tree once, folder by folder, and reads the attributes of everything in it once.
 * Runs as the owner, opens nothing but folders and the ignore files, and follows no link.
 */
public final class TreeScan {
  private TreeScan() {}

  /**
   * Hands over every folder of a tree, each after the one that it lies in.
   *
   * @param root the path of the tree, by which the kernel names what is mounted in it
   * @throws IOException when its top cannot be read: then nothing is known to be gone
   */
  public static void of(
      Path root, Directory top, ScanScope scope, Handover.Taker<ScannedFolder> taker)
      throws IOException {
    top.eachName(name -> {});
    var boundary =
        scope.crossFileSystems() ? Boundary.NONE : Boundary.of(root, top.attributes().device());
    var leftOut = new LeftOut(scope.folders(), boundary);
    var rules = IgnoreRules.defaults().with(scope.ignore());
    TreeWalk.through(top, FolderScan.top(top, leftOut, rules, taker));
  }

  /** The kernel's words, without the path, which the report has already. */
  public static String reason(IOException e) {
    return e instanceof FileSystemException failure && failure.getReason() != null
        ? failure.getReason()
        : e.getClass().getSimpleName();
  }
}
