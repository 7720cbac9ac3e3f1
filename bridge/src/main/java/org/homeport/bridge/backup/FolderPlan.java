package org.homeport.bridge.backup;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.homeport.bridge.backup.BackupPlan.Step;
import org.homeport.bridge.index.IndexEntry;
import org.homeport.bridge.index.IndexEntry.Glimpse;
import org.homeport.bridge.index.IndexEntry.Kind;
import org.homeport.bridge.index.IndexEntry.Stat;
import org.homeport.bridge.index.IndexEntry.State;
import org.homeport.bridge.scan.ScannedEntry;

/**
 * The difference between a folder, or a part of a big one, and the index. Knows no disk, no
 * database and no remote.
 *
 * @param folders to make at the remote
 * @param files that are new or may have changed: only reading them can tell
 * @param notes that only the index needs: links, and the modes and times of folders
 * @param replaced entries for which the home has something of another kind
 * @param known all files that are there
 * @param unchanged those of them that the index has as they are
 */
record FolderPlan(
    List<Step> folders,
    List<Step> files,
    List<Step> notes,
    List<IndexEntry> replaced,
    Count known,
    Count unchanged) {

  /** A number of files, and their size. */
  record Count(long files, long bytes) {
    static final Count NONE = new Count(0, 0);

    Count plus(Count other) {
      return new Count(files + other.files, bytes + other.bytes);
    }

    private Count plus(ScannedEntry file) {
      return new Count(files + 1, bytes + file.attributes().size());
    }
  }

  /**
   * Compares what is there with what the index has.
   *
   * @param index by name; more than what is there does no harm
   * @param ignoreInode for homes on file systems that give a file another inode now and then
   */
  static FolderPlan of(
      List<ScannedEntry> entries, Map<String, IndexEntry> index, boolean ignoreInode) {
    var folders = new ArrayList<Step>();
    var files = new ArrayList<Step>();
    var notes = new ArrayList<Step>();
    var replaced = new ArrayList<IndexEntry>();
    var known = Count.NONE;
    var unchanged = Count.NONE;
    for (var now : entries) {
      var kind = BackupPlan.kindOf(now.attributes());
      var there = Optional.ofNullable(index.get(now.name()));
      var before = there.filter(entry -> entry.kind() == kind);
      if (before.isEmpty()) {
        there.ifPresent(replaced::add);
      }
      var step = new Step(now, before);
      var isSame =
          before.filter(entry -> isUnchanged(now, entry.glimpse(), ignoreInode)).isPresent();
      if (kind == Kind.FILE) {
        known = known.plus(now);
        unchanged = isSame ? unchanged.plus(now) : unchanged;
      }
      if (!isSame) {
        listFor(kind, step, folders, files, notes).add(step);
      }
    }
    return new FolderPlan(folders, files, notes, replaced, known, unchanged);
  }

  private static List<Step> listFor(
      Kind kind, Step step, List<Step> folders, List<Step> files, List<Step> notes) {
    return switch (kind) {
      case FILE -> files;
      case FOLDER -> step.before().isEmpty() || step.isDoubtful() ? folders : notes;
      case LINK -> notes;
    };
  }

  /**
   * The plan for a whole folder that is as the index has it, as nearly all folders are.
   *
   * @param known all that the index has in it
   * @return empty when anything differs
   */
  static Optional<FolderPlan> unchanged(
      List<ScannedEntry> entries, List<Glimpse> known, boolean ignoreInode) {
    if (entries.size() != known.size()) {
      return Optional.empty();
    }
    var now = new HashMap<String, ScannedEntry>();
    entries.forEach(entry -> now.put(entry.name(), entry));
    var files = Count.NONE;
    for (var before : known) {
      var entry = now.get(before.name());
      if (entry == null || !isUnchanged(entry, before, ignoreInode)) {
        return Optional.empty();
      }
      files = before.kind() == Kind.FILE ? files.plus(entry) : files;
    }
    return Optional.of(new FolderPlan(List.of(), List.of(), List.of(), List.of(), files, files));
  }

  /** The same, with no notes of these paths. */
  FolderPlan withoutNotes(Set<String> paths) {
    var others = notes.stream().filter(step -> !paths.contains(step.now().path())).toList();
    return new FolderPlan(folders, files, others, replaced, known, unchanged);
  }

  private static boolean isUnchanged(ScannedEntry now, Glimpse before, boolean ignoreInode) {
    var kind = BackupPlan.kindOf(now.attributes());
    return before.state() == State.DONE
        && kind == before.kind()
        && (kind == Kind.FILE
            ? isSame(before.stat(), BackupPlan.stat(now.attributes()), ignoreInode)
            : isSame(before, now));
  }

  private static boolean isSame(Stat before, Stat now, boolean ignoreInode) {
    return before.size() == now.size()
        && before.mtime() == now.mtime()
        && before.ctime() == now.ctime()
        && (ignoreInode || before.inode() == now.inode());
  }

  /** For folders and links, of which only this is remembered. */
  private static boolean isSame(Glimpse before, ScannedEntry now) {
    return before.mode() == now.attributes().mode()
        && before.stat().mtime() == now.attributes().mtime()
        && before.target().equals(now.target());
  }
}
