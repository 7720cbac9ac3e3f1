package org.homeport.bridge.backup;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.homeport.bridge.backup.BackupPlan.Step;
import org.homeport.bridge.index.IndexEntry;
import org.homeport.bridge.index.IndexEntry.State;
import org.homeport.bridge.remote.RemoteFeature;

/**
 * The story of one backup. Each step is safe to stop anywhere: what it was about to do stands in
 * the index, and the next run looks before it acts.
 */
final class BackupRun {
  private static final int MOST_LOOKS = 5;
  private static final int MOST_GONE = 100_000;
  private static final int NOTES_AT_ONCE = 1000;
  private static final int AT_ONCE = 10_000;

  private final BackupContext context;
  private final Comparison comparison;
  private final Roots roots;
  private final RemoteFolders folders;
  private final ManifestSender manifest;

  BackupRun(BackupContext context, Comparison comparison) {
    this.context = context;
    this.comparison = comparison;
    this.roots = new Roots(context);
    this.folders = new RemoteFolders(context, roots);
    this.manifest = new ManifestSender(context, roots);
  }

  void carryOut(Backups.Request request) {
    if (request.beginAnew()) {
      context.manifests().forgetAll(context.id());
      rebuild();
    } else {
      reviewRemote();
    }
    try (var plan = compare()) {
      var removal = new Removal(context, plan, request.consent());
      var staying = removal.makeRoom();
      inParts(plan.folders(), staying, folders::make);
      var sender = new FileSender(context, folders);
      inParts(plan.files(), staying, sender::send);
      sender.finish();
      inParts(plan.notes(), staying, this::note);
      removal.tidy();
    }
    manifest.dropDoubtful();
    if (manifest.send() && context.remote().features().contains(RemoteFeature.EXCLUSIVE)) {
      context.roots().setMark(context.id(), context.remote().changeToken());
    }
  }

  /** Compares home and index, once more after what only got another name was moved. */
  private BackupPlan compare() {
    var progress = context.progress();
    var skips = progress.skips();
    var plan = comparison.plan(context.tree(), progress::skipped);
    for (var look = 0; look < MOST_LOOKS && moved(plan); look++) {
      plan.close();
      progress.forgetSince(skips);
      plan = comparison.plan(context.tree(), progress::skipped);
    }
    progress.known(plan.knownFiles(), plan.knownBytes());
    progress.unchanged(plan.unchangedFiles(), plan.unchangedBytes());
    return plan;
  }

  private boolean moved(BackupPlan plan) {
    if (plan.gone().isEmpty()
        || context.settings().ignoreInode()
        || !context.remote().features().contains(RemoteFeature.MOVES)) {
      return false;
    }
    try {
      return folders.move(Renames.in(gone(plan), plan), plan);
    } catch (RuntimeException e) {
      plan.close();
      throw e;
    }
  }

  /**
   * Finds the entries that are gone, with everything in them, as far as that is not too much to
   * look at.
   */
  private List<IndexEntry> gone(BackupPlan plan) {
    var paths = new HashSet<String>();
    plan.gone().forEach(entry -> paths.add(entry.path()));
    var gone = new ArrayList<IndexEntry>();
    context
        .entries()
        .each(
            context.id(),
            entry -> {
              if (gone.size() < MOST_GONE
                  && entry.state() == State.DONE
                  && Renames.isWithinAny(entry.path(), paths)) {
                gone.add(entry);
              }
            });
    return gone;
  }

  /** Hands over what need not stay as it is, a part at a time: a plan may not fit into memory. */
  private static void inParts(
      Iterable<Step> steps, Set<String> staying, Consumer<List<Step>> consumer) {
    var part = new ArrayList<Step>();
    for (var step : steps) {
      if (!staying.contains(step.now().path())) {
        part.add(step);
      }
      if (part.size() == AT_ONCE) {
        consumer.accept(List.copyOf(part));
        part.clear();
      }
    }
    consumer.accept(part);
  }

  private void reviewRemote() {
    var mark = context.roots().mark(context.id());
    var known = mark.isPresent() && new RemoteReview(context, roots).since(mark.get());
    if (known) {
      roots.bringBack();
    } else {
      rebuild();
    }
  }

  private void putRight(RemoteLayout layout) {
    for (var object : layout.misplaced()) {
      context.remote().move(object.id(), object.parent(), object.name());
      context.progress().note(object.path(), "was moved at the remote; it is back in its place");
    }
    if (!layout.strays().isEmpty()) {
      context.remote().trash(layout.strays()).values().stream()
          .findFirst()
          .ifPresent(
              failure -> {
                throw failure;
              });
      context.progress().note("", "there was a second copy at the remote; it is in the trash");
    }
  }

  private void rebuild() {
    new Rebuild(context.id(), context.remote(), context.settings(), context.database())
        .rebuild(this::putRight);
  }

  /** Links, and what changed of folders: only the index and the manifest hold it. */
  private void note(List<Step> steps) {
    for (var from = 0; from < steps.size(); from += NOTES_AT_ONCE) {
      var before = new ArrayList<IndexEntry>();
      var now = new ArrayList<IndexEntry>();
      for (var step : steps.subList(from, Math.min(steps.size(), from + NOTES_AT_ONCE))) {
        step.before().ifPresent(before::add);
        now.add(noted(step));
      }
      context.confirm(before, now);
    }
  }

  private IndexEntry noted(Step step) {
    var now = step.now();
    var stat = BackupPlan.stat(now.attributes());
    var mode = now.attributes().mode();
    if (now.target().isPresent()) {
      return IndexEntry.link(now.path(), stat, mode, now.target().get(), context.run());
    }
    var id = step.before().flatMap(IndexEntry::id).orElseThrow();
    return IndexEntry.folder(now.path(), id, stat, mode, context.run());
  }
}
