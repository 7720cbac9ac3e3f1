package org.homeport.bridge.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.homeport.bridge.backup.BackupPlan.Step;
import org.homeport.bridge.index.IndexEntry;
import org.homeport.bridge.remote.Batch;
import org.homeport.bridge.remote.Batch.Outcome;
import org.homeport.bridge.remote.ContentChanged;
import org.homeport.bridge.remote.RemoteFeature;
import org.homeport.bridge.remote.RemoteFull;
import org.homeport.bridge.remote.RemoteId;
import org.homeport.bridge.remote.RemoteObject;
import org.homeport.bridge.remote.RemoteRejected;
import org.homeport.bridge.remote.RemoteUnavailable;
import org.homeport.bridge.run.Skipped;
import org.homeport.bridge.run.Skipped.Reason;

/**
 * Sends the files of a batch, a few at the same time, and commits what has arrived now and then:
 * first at the remote, then in the index. The first failure that concerns more than one file ends
 * the batch.
 */
final class Uploads implements AutoCloseable {
  private static final int COMMIT_SIZE = 50;
  private static final int MOST_TOO_LARGE = 10;
  private static final Duration COMMIT_AFTER = Duration.ofSeconds(1);

  /** A commit that is dear, and makes many files durable at once, is made for more of them. */
  private static final int COMMIT_TOGETHER_SIZE = 10_000;

  private static final Duration COMMIT_TOGETHER_AFTER = Duration.ofSeconds(30);

  private final BackupContext context;
  private final ExecutorService threads;
  private final Semaphore room;
  private final List<IndexEntry> before = new ArrayList<>();
  private final List<IndexEntry> arrived = new ArrayList<>();
  private Optional<Batch> batch = Optional.empty();
  private final Map<RemoteId, FileUpload> sent = new HashMap<>();
  private final Map<RemoteId, Outcome> outcomes = new HashMap<>();
  private final Map<Step, Skipped> notSent = new HashMap<>();
  private final int permits;
  private final boolean together;
  private Instant committed;
  private RuntimeException failure;
  private final Overflow overflow;

  /** The files of a run for which the remote had no room; smaller ones may still fit. */
  static final class Overflow {
    private Optional<RemoteFull> first = Optional.empty();
    private int files;

    /** Returns whether it there were so many that no other is tried. */
    private boolean add(RemoteFull e) {
      first = first.or(() -> Optional.of(e));
      return ++files >= MOST_TOO_LARGE;
    }

    /**
     * Passes when all files did fit.
     *
     * @throws RemoteFull for the first one that did not
     */
    void check() {
      if (first.isPresent()) {
        throw first.get();
      }
    }
  }

  Uploads(BackupContext context, Overflow overflow) {
    this.context = context;
    this.overflow = overflow;
    this.together = context.remote().features().contains(RemoteFeature.COMMITS_TOGETHER);
    this.committed = context.clock().instant();
    var connections = context.settings().connections();
    this.permits = 2 * connections;
    this.room = new Semaphore(permits);
    this.threads =
        Executors.newFixedThreadPool(
            connections, task -> new Thread(task, "upload-of-" + context.tree().user()));
  }

  /**
   * Sends a file soon; waits while enough are under way.
   *
   * @throws RuntimeException when an earlier one failed in a way that concerns all
   */
  void submit(FileUpload upload, RemoteId parent) {
    try {
      room.acquire();
    } catch (InterruptedException e) {
      upload.file().close();
      Thread.currentThread().interrupt();
      throw new RemoteUnavailable("Stopped while sending.", e);
    }
    try {
      throwFailure();
      threads.execute(() -> send(upload, parent));
    } catch (RuntimeException e) {
      upload.file().close();
      room.release();
      throw e;
    }
  }

  /** Takes note of a row that is true from now on. */
  synchronized void confirm(Step step, IndexEntry now) {
    note(step, now);
    commitIfDue();
  }

  private void note(Step step, IndexEntry now) {
    step.before().filter(entry -> entry.firstRun() != now.firstRun()).ifPresent(before::add);
    arrived.add(now);
  }

  private void commitIfDue() {
    var size = together ? COMMIT_TOGETHER_SIZE : COMMIT_SIZE;
    var after = together ? COMMIT_TOGETHER_AFTER : COMMIT_AFTER;
    if (arrived.size() + sent.size() >= size
        || context.clock().instant().isAfter(committed.plus(after))) {
      commit();
    }
  }

  /** Waits for all, and returns the files that were not sent for a reason of their own. */
  Map<Step, Skipped> finish() {
    room.acquireUninterruptibly(permits);
    room.release(permits);
    synchronized (this) {
      commit();
      if (!sent.isEmpty()) {
        fail(new RemoteUnavailable("It is not known whether " + unsettled() + " arrived.", null));
      }
    }
    throwFailure();
    return notSent;
  }

  private String unsettled() {
    var one = sent.values().iterator().next().step().now().path();
    return sent.size() == 1 ? one : one + " and " + (sent.size() - 1) + " more";
  }

  /** Waits for the files under way; those that arrived are committed even after a failure. */
  @Override
  public void close() {
    threads.shutdown();
    try {
      threads.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (this) {
      commit();
    }
  }

  private void send(FileUpload upload, RemoteId parent) {
    try {
      sent(upload, upload.send(parent, batch()));
    } catch (ContentChanged e) {
      notSent(upload, Reason.BEING_WRITTEN, e.getMessage());
    } catch (RemoteRejected e) {
      notSent(upload, Reason.REJECTED, e.getMessage());
    } catch (RemoteFull e) {
      full(e);
    } catch (RuntimeException e) {
      fail(e);
    } finally {
      upload.file().close();
      room.release();
    }
  }

  private synchronized void notSent(FileUpload upload, Reason reason, String detail) {
    var path = upload.step().now().path();
    notSent.put(upload.step(), new Skipped(path, reason, detail));
  }

  private synchronized void full(RemoteFull e) {
    if (overflow.add(e)) {
      fail(e);
    }
  }

  private synchronized void fail(RuntimeException e) {
    if (failure == null) {
      failure = e;
    }
  }

  private synchronized void throwFailure() {
    if (failure != null) {
      throw failure;
    }
  }

  private synchronized Batch batch() {
    batch = batch.or(() -> Optional.of(context.remote().batch()));
    return batch.get();
  }

  private synchronized void sent(FileUpload upload, Optional<RemoteObject> there) {
    there.ifPresent(object -> outcomes.put(upload.id(), new Outcome.Arrived(object)));
    sent.put(upload.id(), upload);
    commitIfDue();
  }

  private void commit() {
    batch.ifPresent(begun -> outcomes.putAll(begun.commit()));
    // A file may have arrived a moment before its thread says that it was sent.
    var settled = sent.keySet().stream().filter(outcomes::containsKey).toList();
    settled.forEach(id -> settle(sent.remove(id), outcomes.remove(id)));
    if (!arrived.isEmpty()) {
      context.confirm(before, arrived);
      before.clear();
      arrived.clear();
    }
    committed = context.clock().instant();
  }

  private void settle(FileUpload upload, Outcome outcome) {
    var path = upload.step().now().path();
    try {
      if (outcome instanceof Outcome.Arrived there) {
        note(upload.step(), upload.arrived(there.object()));
        context.progress().sent(path, upload.file().size());
      } else if (outcome instanceof Outcome.Refused refused) {
        notSent(upload, Reason.REJECTED, refused.why());
      }
    } catch (RemoteRejected e) {
      notSent(upload, Reason.REJECTED, e.getMessage());
    }
  }
}
