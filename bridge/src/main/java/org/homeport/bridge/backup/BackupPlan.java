package org.homeport.bridge.backup;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.homeport.bridge.index.IndexEntry;
import org.homeport.bridge.index.IndexEntry.Glimpse;
import org.homeport.bridge.index.IndexEntry.Kind;
import org.homeport.bridge.index.IndexEntry.Stat;
import org.homeport.bridge.index.IndexEntry.State;
import org.homeport.bridge.run.Skipped;
import org.homeport.bridge.scan.ChosenFolders;
import org.homeport.bridge.scan.ScannedEntry;
import org.homeport.bridge.scan.ScannedFolder;
import org.homeport.spawn.files.Attributes;

/**
 * What one backup has to do: the difference between a home and the index, found folder by folder.
 * Knows no disk, no database and no far end.
 */
final class BackupPlan {
  private final boolean ignoreInode;
  private final ChosenFolders chosen;
  private final List<Step> folders = new ArrayList<>();
  private final List<Step> files = new ArrayList<>();
  private final List<Step> notes = new ArrayList<>();
  private final List<IndexEntry> gone = new ArrayList<>();
  private final List<IndexEntry> replaced = new ArrayList<>();
  private final List<Skipped> skipped = new ArrayList<>();
  private long knownFiles;
  private long knownBytes;
  private long unchangedFiles;
  private long unchangedBytes;

  /** Something of the home that is not as the index has it. */
  record Step(ScannedEntry now, Optional<IndexEntry> before) {

    /** Whether size or time say that the content is another one, not just a suspicion. */
    boolean isNewOrChanged() {
      var then = before.map(IndexEntry::stat).orElse(Stat.UNKNOWN);
      return then.size() != now.attributes().size() || then.mtime() != now.attributes().mtime();
    }

    /** Whether an earlier run may have got further than the index says. */
    boolean isDoubtful() {
      return before.filter(entry -> entry.state() == State.PENDING).isPresent();
    }
  }

  /**
   * @param ignoreInode for homes on file systems that give a file another inode now and then
   * @param chosen the rest is neither saved nor taken for gone
   */
  BackupPlan(boolean ignoreInode, ChosenFolders chosen) {
    this.ignoreInode = ignoreInode;
    this.chosen = chosen;
  }

  /** Folders to make, each after the one it lies in. */
  List<Step> folders() {
    return folders;
  }

  /** Files that are new, or may have changed: only reading them can tell. */
  List<Step> files() {
    return files;
  }

  /** What changed in a way that only the index notes: links, and the modes and times of folders. */
  List<Step> notes() {
    return notes;
  }

  /** What the home no longer has; of a folder only the folder. */
  List<IndexEntry> gone() {
    return gone;
  }

  /** What the home has something of another kind for. */
  List<IndexEntry> replaced() {
    return replaced;
  }

  List<Skipped> skipped() {
    return skipped;
  }

  long knownFiles() {
    return knownFiles;
  }

  long knownBytes() {
    return knownBytes;
  }

  long unchangedFiles() {
    return unchangedFiles;
  }

  long unchangedBytes() {
    return unchangedBytes;
  }

  /**
   * Takes in one folder of the home if it is as the index has it, as nearly all of them are.
   *
   * @param known all that the index has in it
   * @return whether it is
   */
  boolean takeUnchanged(ScannedFolder scanned, List<Glimpse> known) {
    if (scanned.entries().size() != known.size()) {
      return false;
    }
    var now = new HashMap<String, ScannedEntry>();
    scanned.entries().forEach(entry -> now.put(entry.name(), entry));
    for (var before : known) {
      var entry = now.get(before.name());
      if (entry == null || !isUnchanged(entry, before)) {
        return false;
      }
    }
    skipped.addAll(scanned.skipped());
    scanned.entries().stream()
        .filter(entry -> kindOf(entry.attributes()) == Kind.FILE)
        .forEach(this::countUnchanged);
    return true;
  }

  private boolean isUnchanged(ScannedEntry now, Glimpse before) {
    var kind = kindOf(now.attributes());
    return before.state() == State.DONE
        && kind == before.kind()
        && (kind == Kind.FILE
            ? isSame(before.stat(), stat(now.attributes()))
            : !isOtherwise(now, before));
  }

  private void countUnchanged(ScannedEntry file) {
    count(file);
    unchangedFiles++;
    unchangedBytes += file.attributes().size();
  }

  private void count(ScannedEntry file) {
    knownFiles++;
    knownBytes += file.attributes().size();
  }

  /** Takes in one folder of the home and what the index has in it. */
  void compare(ScannedFolder scanned, Map<String, IndexEntry> index) {
    skipped.addAll(scanned.skipped());
    var seen = new HashSet<String>();
    for (var entry : scanned.entries()) {
      seen.add(entry.name());
      compare(entry, Optional.ofNullable(index.get(entry.name())));
    }
    if (scanned.complete()) {
      index.values().stream()
          .filter(entry -> !seen.contains(entry.name()))
          .filter(entry -> !scanned.unseen().contains(entry.name()))
          .filter(entry -> chosen.touch(entry.path(), entry.kind() == Kind.FOLDER))
          .forEach(gone::add);
    }
  }

  private void compare(ScannedEntry now, Optional<IndexEntry> known) {
    var kind = kindOf(now.attributes());
    var before = known.filter(entry -> entry.kind() == kind);
    if (before.isEmpty()) {
      known.ifPresent(replaced::add);
    }
    var step = new Step(now, before);
    switch (kind) {
      case FILE -> compareFile(step);
      case FOLDER -> {
        if (before.isEmpty() || step.isDoubtful()) {
          folders.add(step);
        } else if (isOtherwise(now, before.get().glimpse())) {
          notes.add(step);
        }
      }
      case LINK -> {
        if (before.isEmpty() || isOtherwise(now, before.get().glimpse())) {
          notes.add(step);
        }
      }
    }
  }

  private void compareFile(Step step) {
    var unchanged =
        step.before().filter(entry -> isUnchanged(step.now(), entry.glimpse())).isPresent();
    if (unchanged) {
      countUnchanged(step.now());
    } else {
      count(step.now());
      files.add(step);
    }
  }

  private boolean isSame(Stat before, Stat now) {
    return before.size() == now.size()
        && before.mtime() == now.mtime()
        && before.ctime() == now.ctime()
        && (ignoreInode || before.inode() == now.inode());
  }

  private static boolean isOtherwise(ScannedEntry now, Glimpse before) {
    return before.mode() != now.attributes().mode()
        || before.stat().mtime() != now.attributes().mtime()
        || !before.target().equals(now.target());
  }

  static Stat stat(Attributes attributes) {
    return new Stat(attributes.size(), attributes.mtime(), attributes.ctime(), attributes.inode());
  }

  static Kind kindOf(Attributes attributes) {
    return switch (attributes.kind()) {
      case FILE -> Kind.FILE;
      case FOLDER -> Kind.FOLDER;
      case LINK -> Kind.LINK;
      case OTHER -> throw new IllegalArgumentException("Nothing that can be backed up.");
    };
  }
}
