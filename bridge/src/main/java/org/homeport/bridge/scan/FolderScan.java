package org.homeport.bridge.scan;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.homeport.bridge.run.Skipped;
import org.homeport.bridge.run.Skipped.Reason;
import org.homeport.bridge.scan.ScannedFolder.Part;
import org.homeport.bridge.tree.Paths;
import org.homeport.spawn.files.Attributes;
import org.homeport.spawn.files.Attributes.Kind;
import org.homeport.spawn.files.Directory;
import org.homeport.spawn.files.FolderVisitor;
import org.homeport.spawn.files.RawPath;

/**
 * Looks through one folder of a tree, sorts what is to be saved from what is not, and hands it
 * over, of a big folder a part at a time.
 */
final class FolderScan implements FolderVisitor {
  /** Reasons that say nothing about what was saved before. */
  private static final Set<Reason> UNSEEN =
      EnumSet.of(Reason.UNREADABLE, Reason.OTHER_FILE_SYSTEM, Reason.TOO_DEEP);

  private final LeftOut leftOut;
  private final Handover.Taker<ScannedFolder> taker;
  private final Directory directory;
  private final String path;
  private final int depth;
  private final IgnoreRules above;
  private List<ScannedEntry> entries = new ArrayList<>();
  private List<Skipped> skipped = new ArrayList<>();
  private Set<String> unseen = new HashSet<>();
  private Optional<IgnoreRules> rules = Optional.empty();
  private boolean isBig;
  private boolean isRemade;
  private boolean isComplete = true;

  private FolderScan(
      LeftOut leftOut,
      Handover.Taker<ScannedFolder> taker,
      Directory directory,
      String path,
      int depth,
      IgnoreRules above) {
    this.leftOut = leftOut;
    this.taker = taker;
    this.directory = directory;
    this.path = path;
    this.depth = depth;
    this.above = above;
  }

  /** Looks through the tree itself. */
  static FolderScan top(
      Directory top, LeftOut leftOut, IgnoreRules rules, Handover.Taker<ScannedFolder> taker) {
    return new FolderScan(leftOut, taker, top, "", 0, rules);
  }

  @Override
  public List<RawPath> choose(List<RawPath> names, boolean hasMore) throws IOException {
    isBig |= hasMore;
    if (rules.isEmpty()) {
      var marks = new FolderMarks(directory, path, names, isBig);
      rules = Optional.of(marks.rules(above, skipped::add));
      var remade = marks.remade(rules.get());
      remade.ifPresent(skipped::add);
      isRemade = remade.isPresent();
    }
    return isRemade ? List.of() : names.stream().filter(this::isToBeAsked).toList();
  }

  private boolean isToBeAsked(RawPath name) {
    var unasked = leftOut.unasked(at(name));
    unasked.ifPresent(why -> skip(name, why));
    return unasked.isEmpty();
  }

  @Override
  public boolean look(RawPath name, Attributes found) throws IOException {
    var target =
        found.kind() == Kind.LINK
            ? Optional.of(directory.linkTarget(name))
            : Optional.<String>empty();
    var entry = new ScannedEntry(path, name.text(), found, target);
    var why = leftOut.of(entry, depth, rules.orElseThrow());
    why.ifPresentOrElse(reason -> skip(name, reason), () -> entries.add(entry));
    return why.isEmpty();
  }

  /** One entry that cannot be looked at says nothing about the others. */
  @Override
  public void failed(RawPath name, FileSystemException why) {
    skip(name, unreadable(at(name), why));
  }

  /** It is gone meanwhile, or closed to its owner; what was in it is not known to be gone. */
  @Override
  public void closed(RawPath name, FileSystemException why) {
    taker.take(ScannedFolder.unread(at(name), unreadable(at(name), why)));
  }

  @Override
  public void cutOff(FileSystemException why) {
    isComplete = false;
    skipped.add(unreadable(path, why));
  }

  @Override
  public void pause() {
    take(Part.SOME, false);
  }

  /** A folder that a program remade takes nothing away of what was saved from it before. */
  @Override
  public void end() {
    take(isBig ? Part.LAST : Part.WHOLE, isComplete && !isRemade);
  }

  @Override
  public FolderVisitor enter(RawPath name, Directory folder) {
    return new FolderScan(leftOut, taker, folder, at(name), depth + 1, rules.orElseThrow());
  }

  private void take(Part part, boolean complete) {
    var result = new ScannedFolder(path, entries, skipped, unseen, part, complete);
    entries = new ArrayList<>();
    skipped = new ArrayList<>();
    unseen = new HashSet<>();
    taker.take(result);
  }

  private void skip(RawPath name, Skipped why) {
    skipped.add(why);
    if (UNSEEN.contains(why.reason())) {
      unseen.add(name.text());
    }
  }

  private String at(RawPath name) {
    return Paths.join(path, name.text());
  }

  private static Skipped unreadable(String path, FileSystemException why) {
    return new Skipped(path, Reason.UNREADABLE, TreeScan.reason(why));
  }
}
