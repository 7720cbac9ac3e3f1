package org.homeport.bridge.backup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.homeport.bridge.index.IndexEntry;
import org.homeport.bridge.remote.Remote;
import org.homeport.bridge.remote.RemoteRejected;
import org.homeport.bridge.remote.RemoteUnavailable;
import org.homeport.bridge.run.RunProgress;
import org.homeport.bridge.run.Skipped;
import org.homeport.bridge.run.Skipped.Reason;
import org.homeport.bridge.scan.TreeScan;
import org.homeport.spawn.files.Directory;
import org.homeport.spawn.home.HomeFiles;
import org.homeport.spawn.identity.Account;

/**
 * Carries out one restore: folders, then the files, a few at a time, then links, and last what the
 * folders themselves were like. The owner opens and names every file; the bridge fills it.
 */
final class RestoreRun {
  private final RestorePlan plan;
  private final Remote remote;
  private final HomeFiles homes;
  private final Account account;
  private final RestoreTarget target;
  private final RunProgress progress;
  private volatile boolean stopped;

  RestoreRun(
      RestorePlan plan,
      Remote remote,
      HomeFiles homes,
      Account account,
      RestoreTarget target,
      RunProgress progress) {
    this.plan = plan;
    this.remote = remote;
    this.homes = homes;
    this.account = account;
    this.target = target;
    this.progress = progress;
  }

  /**
   * @param connections how many files are fetched at the same time
   */
  void carryOut(int connections) {
    plan.folders()
        .forEach(entry -> act(entry, home -> target.makeFolder(home, plan.target(entry))));
    fetchAll(connections);
    plan.links().forEach(entry -> act(entry, home -> link(home, entry)));
    finishFolders();
  }

  private void link(Directory home, IndexEntry entry) throws IOException {
    target.link(home, plan.target(entry), entry.target().orElseThrow(), entry.stat().mtime());
  }

  private void fetchAll(int connections) {
    // The threads come from this one: those of an owner's would have the owner's identity.
    var threads =
        Executors.newFixedThreadPool(
            connections, task -> new Thread(task, "restore-of-" + account.name()));
    try {
      var fetched = new ArrayList<Future<?>>();
      plan.files().forEach(entry -> fetched.add(threads.submit(() -> fetch(entry))));
      fetched.forEach(this::await);
    } finally {
      stopped = true;
      threads.shutdown();
    }
  }

  private void await(Future<?> fetched) {
    try {
      fetched.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RemoteUnavailable("Stopped while fetching.", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    }
  }

  private void fetch(IndexEntry entry) {
    if (stopped) {
      return;
    }
    var path = plan.target(entry);
    var size = entry.stat().size();
    var saved = entry.content().orElseThrow();
    progress.current(path);
    try {
      var begun = homes.write(account, home -> target.begin(home, path, size, saved.md5()));
      if (begun.isEmpty()) {
        progress.done(1, size);
        return;
      }
      var content = new SavedContent(remote, entry.id().orElseThrow(), saved, size);
      if (!fetch(entry, content, begun.get())) {
        var again = homes.write(account, home -> target.begin(home, path, size, saved.md5()));
        if (again.isPresent() && !fetch(entry, content, again.get())) {
          throw content.damaged();
        }
      }
      progress.sent(path, size);
    } catch (RemoteRejected e) {
      progress.skipped(new Skipped(path, Reason.REJECTED, e.getMessage()));
    } catch (IOException e) {
      progress.skipped(new Skipped(path, Reason.UNWRITABLE, TreeScan.reason(e)));
    }
  }

  /** Finishes the file when its content arrived as it was saved; removes it otherwise. */
  private boolean fetch(IndexEntry entry, SavedContent content, RestoreTarget.Arriving arriving)
      throws IOException {
    try {
      var whole = content.read(arriving.file()::write);
      if (whole) {
        homes.act(account, home -> arriving.finish(entry.mode(), entry.stat().mtime()));
      }
      return whole;
    } finally {
      homes.act(account, home -> arriving.close());
    }
  }

  /** The deepest first: whoever changes what is in a folder changes its time. */
  private void finishFolders() {
    var deepestFirst = new ArrayList<>(plan.folders());
    Collections.reverse(deepestFirst);
    for (var entry : deepestFirst) {
      act(
          entry,
          home ->
              target.finishFolder(home, plan.target(entry), entry.mode(), entry.stat().mtime()));
    }
  }

  private void act(IndexEntry entry, HomeFiles.Action action) {
    try {
      homes.act(account, action);
    } catch (IOException e) {
      progress.skipped(new Skipped(plan.target(entry), Reason.UNWRITABLE, TreeScan.reason(e)));
    }
  }
}
