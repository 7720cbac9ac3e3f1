package org.homeport.bridge.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.homeport.bridge.backup.BackupPlan.Step;
import org.homeport.bridge.index.IndexEntry;
import org.homeport.bridge.remote.ContentChanged;
import org.homeport.bridge.remote.RemoteId;
import org.homeport.bridge.remote.RemoteRejected;
import org.homeport.bridge.remote.RemoteUnavailable;
import org.homeport.bridge.run.Skipped;
import org.homeport.bridge.run.Skipped.Reason;

/**
 * Sends the files of a batch, a few at the same time, and commits what has arrived now and then.
 * The first failure that concerns more than one file ends the batch.
 */
final class Uploads implements AutoCloseable {
  private static final int COMMIT_SIZE = 50;
  private static final Duration COMMIT_AFTER = Duration.ofSeconds(1);

  private final BackupContext context;
  private final ExecutorService threads;
  private final Semaphore room;
  private final List<IndexEntry> before = new ArrayList<>();
  private final List<IndexEntry> arrived = new ArrayList<>();
  private final Map<Step, Skipped> notSent = new HashMap<>();
  private final int permits;
  private Instant committed;
  private RuntimeException failure;

  Uploads(BackupContext context) {
    this.context = context;
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
    step.before().filter(entry -> entry.firstRun() != now.firstRun()).ifPresent(before::add);
    arrived.add(now);
    if (arrived.size() >= COMMIT_SIZE
        || context.clock().instant().isAfter(committed.plus(COMMIT_AFTER))) {
      commit();
    }
  }

  /** Waits for all, and tells which files were not sent for a reason of their own. */
  Map<Step, Skipped> finish() {
    room.acquireUninterruptibly(permits);
    room.release(permits);
    synchronized (this) {
      commit();
    }
    throwFailure();
    return notSent;
  }

  /** Waits for what is under way; what has arrived is committed even after a failure. */
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
    try (var file = upload.file()) {
      confirm(upload.step(), upload.send(parent));
      context.progress().sent(upload.step().now().path(), file.size());
    } catch (ContentChanged e) {
      notSent(upload, Reason.BEING_WRITTEN, e.getMessage());
    } catch (RemoteRejected e) {
      notSent(upload, Reason.REJECTED, e.getMessage());
    } catch (RuntimeException e) {
      fail(e);
    } finally {
      room.release();
    }
  }

  private synchronized void notSent(FileUpload upload, Reason reason, String detail) {
    var path = upload.step().now().path();
    notSent.put(upload.step(), new Skipped(path, reason, detail));
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

  private void commit() {
    if (!arrived.isEmpty()) {
      context.confirm(before, arrived);
      before.clear();
      arrived.clear();
    }
    committed = context.clock().instant();
  }
}
