package org.homeport.bridge.backup;

import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.homeport.bridge.index.IndexEntry;
import org.homeport.bridge.remote.Remote;
import org.homeport.bridge.remote.RemoteRejected;
import org.homeport.bridge.remote.RemoteUnavailable;
import org.homeport.bridge.run.RunProgress;
import org.homeport.bridge.run.Skipped;
import org.homeport.bridge.run.Skipped.Reason;
import org.homeport.bridge.scan.TreeScan;
import org.homeport.spawn.files.Directory;
import org.homeport.spawn.files.NoSpaceException;
import org.homeport.spawn.files.RawPath;
import org.homeport.spawn.home.HomeFiles;
import org.homeport.spawn.identity.Account;
import org.homeport.spawn.refusal.SpawnRefused;

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
  private final AtomicReference<RuntimeException> failure = new AtomicReference<>();

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
        new ThreadPoolExecutor(
            connections,
            connections,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(connections),
            task -> new Thread(task, "restore-of-" + account.name()),
            new ThreadPoolExecutor.CallerRunsPolicy());
    try {
      for (var entry : plan.files()) {
        if (failure.get() != null) {
          break;
        }
        threads.execute(() -> fetchUnlessFailed(entry));
      }
    } finally {
      threads.shutdown();
      await(threads);
    }
    if (failure.get() != null) {
      throw failure.get();
    }
  }

  private static void await(ThreadPoolExecutor threads) {
    try {
      threads.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RemoteUnavailable("Stopped while fetching.", e);
    }
  }

  /** The first failure that concerns more than one file ends them all. */
  private void fetchUnlessFailed(IndexEntry entry) {
    try {
      if (failure.get() == null) {
        fetch(entry);
      }
    } catch (RuntimeException e) {
      failure.compareAndSet(null, e);
    }
  }

  private void fetch(IndexEntry entry) {
    var path = plan.target(entry);
    var size = entry.stat().size();
    var saved = entry.content().orElseThrow();
    progress.current(path.text());
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
      progress.sent(path.text(), size);
    } catch (RemoteRejected e) {
      progress.skipped(new Skipped(path.text(), Reason.REJECTED, e.getMessage()));
    } catch (IOException e) {
      unwritable(path, e);
    }
  }

  /** Finishes the file when its content arrived as it was saved; removes it otherwise. */
  private boolean fetch(IndexEntry entry, SavedContent content, RestoreTarget.Arriving arriving)
      throws IOException {
    try {
      var whole = content.read(arriving::write);
      if (whole) {
        homes.act(account, home -> arriving.finish(entry.mode(), entry.stat().mtime()));
      }
      return whole;
    } finally {
      homes.act(account, home -> arriving.close());
    }
  }

  /** The deepest first: whatever changes in a folder changes its time. */
  private void finishFolders() {
    for (var entry : plan.folders()) {
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
      unwritable(plan.target(entry), e);
    }
  }

  /** A full disk stops everything else; all other faults are those of one file. */
  private void unwritable(RawPath path, IOException e) {
    if (e instanceof NoSpaceException) {
      throw new SpawnRefused(
          "home-full",
          "There is no more room in the home for '"
              + path
              + "'. What came back before it is whole and stays; make room and restore again.",
          "Make room in the home, or raise its limit, and restore again.",
          e);
    }
    progress.skipped(new Skipped(path.text(), Reason.UNWRITABLE, TreeScan.reason(e)));
  }
}
