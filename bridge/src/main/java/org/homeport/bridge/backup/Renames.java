package org.homeport.bridge.backup;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.homeport.bridge.backup.BackupPlan.Step;
import org.homeport.bridge.index.IndexEntry;
import org.homeport.bridge.index.IndexEntry.Kind;
import org.homeport.bridge.index.IndexEntry.Stat;
import org.homeport.bridge.scan.ScannedEntry;
import org.homeport.bridge.tree.Paths;

/**
 * Finds what only got another name or another folder: it is gone at one path and there at another,
 * and one move at the remote does for it. Knows no remote and no database.
 *
 * <p>A mistake costs nothing but that move: whatever differs is still found and sent.
 */
final class Renames {
  private final Map<Likeness, IndexEntry> goneFiles = new HashMap<>();
  private final Map<Long, IndexEntry> goneFolders = new HashMap<>();
  private final List<Rename> files = new ArrayList<>();
  private final List<Rename> folders = new ArrayList<>();

  /** One of them. */
  record Rename(IndexEntry before, ScannedEntry now) {}

  /** The mark by which a file is recognised under another name; a rename changes its ctime. */
  record Likeness(long inode, long size, long mtime) {
    static Likeness of(Stat stat) {
      return new Likeness(stat.inode(), stat.size(), stat.mtime());
    }
  }

  private Renames(Collection<IndexEntry> gone) {
    for (var entry : gone) {
      if (entry.kind() == Kind.FOLDER) {
        goneFolders.put(entry.stat().inode(), entry);
      } else if (entry.kind() == Kind.FILE && entry.content().isPresent()) {
        goneFiles.put(Likeness.of(entry.stat()), entry);
      }
    }
  }

  /**
   * Lists the renames that are independent of each other, a folder instead of all that lies in it;
   * once they are done, another look may find more.
   *
   * @param gone all that the home no longer has, contents of folders included
   * @param plan whose new files and folders may be it
   */
  static List<Rename> in(Collection<IndexEntry> gone, BackupPlan plan) {
    var renames = new Renames(gone);
    if (!gone.isEmpty()) {
      var taken = new HashSet<String>();
      plan.replaced().forEach(entry -> taken.add(entry.path()));
      plan.files().forEach(step -> renames.find(step, taken));
      plan.folders().forEach(step -> renames.find(step, taken));
    }
    return renames.independent();
  }

  private void find(Step step, Set<String> taken) {
    if (step.before().isEmpty() && !isWithinAny(step.now().path(), taken)) {
      var stat = BackupPlan.stat(step.now().attributes());
      if (BackupPlan.kindOf(step.now().attributes()) == Kind.FOLDER) {
        var before = goneFolders.remove(stat.inode());
        if (before != null) {
          folders.add(new Rename(before, step.now()));
        }
      } else {
        var before = goneFiles.remove(Likeness.of(stat));
        if (before != null) {
          files.add(new Rename(before, step.now()));
        }
      }
    }
  }

  private List<Rename> independent() {
    var chosen = new ArrayList<Rename>();
    var from = new HashSet<String>();
    var to = new HashSet<String>();
    for (var rename : folders) {
      if (isSameFolder(rename)) {
        choose(rename, chosen, from, to);
      }
    }
    for (var rename : files) {
      choose(rename, chosen, from, to);
    }
    return chosen;
  }

  private static void choose(Rename rename, List<Rename> chosen, Set<String> from, Set<String> to) {
    if (!isWithinAny(rename.before().path(), from) && !isWithinAny(rename.now().path(), to)) {
      chosen.add(rename);
      from.add(rename.before().path());
      to.add(rename.now().path());
    }
  }

  /** Not just another folder with a number that was free again. */
  private boolean isSameFolder(Rename folder) {
    return folder.before().stat().mtime() == folder.now().attributes().mtime()
        || files.stream()
            .anyMatch(
                file ->
                    Paths.isWithin(file.before().path(), folder.before().path())
                        && Paths.isWithin(file.now().path(), folder.now().path()));
  }

  /** Whether a path is one of these or lies in one. */
  static boolean isWithinAny(String path, Set<String> paths) {
    for (var at = path; !at.isEmpty(); at = Paths.folder(at)) {
      if (paths.contains(at)) {
        return true;
      }
    }
    return false;
  }
}
