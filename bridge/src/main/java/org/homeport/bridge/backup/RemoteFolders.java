package org.homeport.bridge.backup;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.homeport.bridge.backup.BackupContext.ObjectKind;
import org.homeport.bridge.backup.BackupPlan.Step;
import org.homeport.bridge.index.IndexEntry;
import org.homeport.bridge.index.IndexEntry.Kind;
import org.homeport.bridge.index.IndexEntry.State;
import org.homeport.bridge.remote.NewFolder;
import org.homeport.bridge.remote.RemoteId;
import org.homeport.bridge.remote.RemoteName;
import org.homeport.bridge.remote.RemoteRejected;
import org.homeport.bridge.run.Skipped;
import org.homeport.bridge.run.Skipped.Reason;
import org.homeport.bridge.tree.Paths;

/** Makes the folders of a home at the remote a level at a time, and knows the ids of all. */
final class RemoteFolders {
  private static final int AT_ONCE = 100;

  private final BackupContext context;
  private final Roots roots;
  private final Map<String, Optional<RemoteId>> ids = new HashMap<>();

  RemoteFolders(BackupContext context, Roots roots) {
    this.context = context;
    this.roots = roots;
  }

  void make(List<Step> folders) {
    var levels =
        folders.stream()
            .collect(
                Collectors.groupingBy(
                    step -> Paths.depth(step.now().path()), TreeMap::new, Collectors.toList()));
    for (var level : levels.values()) {
      for (var from = 0; from < level.size(); from += AT_ONCE) {
        makeSome(level.subList(from, Math.min(level.size(), from + AT_ONCE)));
      }
    }
  }

  /** The id of a folder of the home at the remote; empty when it could not be made there. */
  Optional<RemoteId> idOf(String folder) {
    var known = ids.get(folder);
    if (known == null) {
      known = folder.isEmpty() ? Optional.of(roots.home()) : indexed(context, folder);
      ids.put(folder, known);
    }
    return known;
  }

  /** The id of a folder that the index says is at the remote. */
  static Optional<RemoteId> indexed(BackupContext context, String folder) {
    return context
        .entries()
        .find(context.id(), folder)
        .filter(entry -> entry.kind() == Kind.FOLDER && entry.state() == State.DONE)
        .flatMap(IndexEntry::id);
  }

  /**
   * Moves what only got another name or folder in the home, and lets the index know.
   *
   * @param plan has the folders that have to be made for it
   * @return whether anything was moved
   */
  boolean move(List<Renames.Rename> renames, BackupPlan plan) {
    var needed = new HashSet<String>();
    var targets = new HashSet<String>();
    for (var rename : renames) {
      targets.add(rename.now().path());
      for (var at = rename.now().folder(); !at.isEmpty(); at = Paths.folder(at)) {
        needed.add(at);
      }
    }
    needed.removeAll(targets);
    make(plan.folders().stream().filter(step -> needed.contains(step.now().path())).toList());
    var moved = renames.stream().filter(this::move).count();
    ids.clear();
    return moved > 0;
  }

  private boolean move(Renames.Rename rename) {
    var before = rename.before();
    var now = rename.now();
    var parent = idOf(now.folder());
    if (parent.isEmpty()) {
      return false;
    }
    try {
      context.remote().move(before.id().orElseThrow(), parent.get(), RemoteName.of(now.name()));
    } catch (RemoteRejected e) {
      return false; // It is sent under its new name, and the old one goes to the trash.
    }
    context.lease().check();
    context.entries().move(context.id(), context.run(), before, now.folder(), now.name());
    return true;
  }

  private void makeSome(List<Step> steps) {
    var possible = steps.stream().filter(step -> idOf(step.now().folder()).isPresent()).toList();
    var unnamed = possible.stream().filter(step -> step.before().isEmpty()).count();
    var fresh = context.reserveIds(unnamed).iterator();
    var pending = new ArrayList<IndexEntry>();
    for (var step : possible) {
      var id = step.before().flatMap(IndexEntry::id).orElseGet(fresh::next);
      pending.add(entry(step, id).in(State.PENDING));
    }
    context.confirm(List.of(), pending);
    var made = create(pending);
    context.confirm(List.of(), made);
    made.forEach(entry -> ids.put(entry.path(), entry.id()));
  }

  /** One call for all; one for each only when the remote rejects some of them. */
  private List<IndexEntry> create(List<IndexEntry> pending) {
    try {
      context.remote().createFolders(pending.stream().map(this::newFolder).toList());
      return pending.stream().map(RemoteFolders::done).toList();
    } catch (RemoteRejected e) {
      if (pending.size() > 1) {
        return pending.stream().flatMap(entry -> create(List.of(entry)).stream()).toList();
      }
      var path = pending.get(0).path();
      context.progress().skipped(new Skipped(path, Reason.REJECTED, e.getMessage()));
      ids.put(path, Optional.empty());
      return List.of();
    }
  }

  private NewFolder newFolder(IndexEntry entry) {
    return new NewFolder(
        entry.id().orElseThrow(),
        idOf(entry.folder()).orElseThrow(),
        RemoteName.of(entry.name()),
        context.tags(ObjectKind.ENTRY));
  }

  private IndexEntry entry(Step step, RemoteId id) {
    var now = step.now();
    var run = step.before().map(IndexEntry::firstRun).orElse(context.run());
    return IndexEntry.folder(
        now.path(), id, BackupPlan.stat(now.attributes()), now.attributes().mode(), run);
  }

  private static IndexEntry done(IndexEntry entry) {
    return entry.in(State.DONE);
  }
}
