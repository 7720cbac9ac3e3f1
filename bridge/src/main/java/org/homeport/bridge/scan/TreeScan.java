package org.homeport.bridge.scan;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.homeport.bridge.run.Skipped;
import org.homeport.bridge.run.Skipped.Reason;
import org.homeport.spawn.files.Attributes.Kind;
import org.homeport.spawn.files.Directory;
import org.homeport.spawn.files.RawPath;

/**
 * Looks through a tree once, folder by folder, and reads the attributes of everything in it once.
 * Runs as the owner, opens nothing but folders and the ignore files, and follows no link.
 */
public final class TreeScan {
  private final ScanScope scope;
  private final Boundary boundary;
  private final Handover.Taker<ScannedFolder> taker;

  private TreeScan(ScanScope scope, Boundary boundary, Handover.Taker<ScannedFolder> taker) {
    this.scope = scope;
    this.boundary = boundary;
    this.taker = taker;
  }

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
    new TreeScan(scope, boundary, taker)
        .folder(top, "", 0, IgnoreRules.defaults().with(scope.ignore()));
  }

  private void folder(Directory directory, String path, int depth, IgnoreRules above) {
    var scan = new FolderScan(scope.folders(), boundary, directory, path, depth);
    scan.look(
        above,
        (part, rules) -> {
          taker.take(part);
          part.entries().stream()
              .filter(entry -> entry.attributes().kind() == Kind.FOLDER)
              .forEach(entry -> below(directory, entry, depth + 1, rules));
        });
  }

  private void below(Directory parent, ScannedEntry entry, int depth, IgnoreRules rules) {
    try (var directory = parent.folder(new RawPath(entry.name()))) {
      folder(directory, entry.path(), depth, rules);
    } catch (IOException e) {
      // Gone meanwhile, or closed to its owner. What was in it is not known to be gone.
      var skipped = new Skipped(entry.path(), Reason.UNREADABLE, reason(e));
      taker.take(ScannedFolder.unread(entry.path(), skipped));
    }
  }

  /** The kernel's words, without the path, which the report has already. */
  public static String reason(IOException e) {
    return e instanceof FileSystemException failure && failure.getReason() != null
        ? failure.getReason()
        : e.getClass().getSimpleName();
  }
}
