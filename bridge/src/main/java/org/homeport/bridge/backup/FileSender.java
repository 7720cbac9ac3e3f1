package org.homeport.bridge.backup;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.homeport.bridge.backup.BackupPlan.Step;
import org.homeport.bridge.backup.HomeReader.Result;
import org.homeport.bridge.index.IndexEntry;
import org.homeport.bridge.index.IndexEntry.State;
import org.homeport.bridge.remote.RemoteFeature;
import org.homeport.bridge.remote.RemoteId;
import org.homeport.bridge.run.Skipped;
import org.homeport.bridge.run.Skipped.Reason;
import org.homeport.bridge.scan.Handover;
import org.homeport.bridge.scan.Handover.Patience;
import org.homeport.bridge.scan.ReadFile;
import org.homeport.bridge.scan.ScannedEntry;

/**
 * Reads the files that may have changed, and sends those that have: a batch gets its ids, its rows
 * are committed, and only then the first byte leaves.
 */
final class FileSender {
  private static final int BATCH = 500;

  /** The batch of a remote that makes many files durable at once. */
  private static final int BATCH_TOGETHER = 10_000;

  private final BackupContext context;
  private final RemoteFolders folders;
  private final List<Step> again = new ArrayList<>();
  private final Uploads.Overflow overflow = new Uploads.Overflow();

  FileSender(BackupContext context, RemoteFolders folders) {
    this.context = context;
    this.folders = folders;
  }

  void send(List<Step> steps) {
    sendAll(steps, true);
    // A file that was being written gets a second chance, after all others.
    sendAll(List.copyOf(again), false);
    again.clear();
  }

  /**
   * Says at the end of all files whether there was room for each of them.
   *
   * @throws org.homeport.bridge.remote.RemoteFull when there was none for some
   */
  void finish() {
    overflow.check();
  }

  private void sendAll(List<Step> steps, boolean oneMoreChance) {
    var together = context.remote().features().contains(RemoteFeature.COMMITS_TOGETHER);
    var size = together ? BATCH_TOGETHER : BATCH;
    for (var from = 0; from < steps.size(); from += size) {
      sendBatch(steps.subList(from, Math.min(steps.size(), from + size)), oneMoreChance);
    }
  }

  private void sendBatch(List<Step> batch, boolean oneMoreChance) {
    var rows = reserve(batch);
    var possible = batch.stream().filter(step -> rows.containsKey(step.now().path())).toList();
    try (var uploads = new Uploads(context, overflow)) {
      Handover.<Result>run(
          context.homes(),
          context.tree().owner(),
          Patience.READING,
          (home, taker) -> new HomeReader(home, context.clock().instant()).read(possible, taker),
          result -> {
            var row = rows.get(result.step().now().path());
            result.file().ifPresent(file -> take(uploads, result.step(), row, file));
            result.skipped().ifPresent(why -> skip(result.step(), why, oneMoreChance));
          },
          result -> result.file().ifPresent(ReadFile::close));
      uploads.finish().forEach((step, why) -> skip(step, why, oneMoreChance));
    }
  }

  /** Commits a row for each file before anything of it can leave. */
  private Map<String, IndexEntry> reserve(List<Step> batch) {
    var unnamed = batch.stream().filter(step -> step.before().isEmpty()).count();
    var fresh = context.reserveIds(unnamed).iterator();
    var rows = new HashMap<String, IndexEntry>();
    for (var step : batch) {
      var path = step.now().path();
      if (folders.idOf(step.now().folder()).isEmpty()) {
        context.progress().skipped(new Skipped(path, Reason.REJECTED, "its folder was rejected"));
      } else {
        var before = step.before().orElseGet(() -> unsaved(step.now(), fresh.next()));
        rows.put(path, before.in(State.PENDING));
      }
    }
    context.confirm(List.of(), List.copyOf(rows.values()));
    return rows;
  }

  private IndexEntry unsaved(ScannedEntry now, RemoteId id) {
    return IndexEntry.unsaved(now.path(), id, now.attributes().mode(), context.run());
  }

  private void take(Uploads uploads, Step step, IndexEntry row, ReadFile file) {
    var upload = new FileUpload(context, step, row, file);
    if (upload.isSavedAlready()) {
      file.close();
      uploads.confirm(step, upload.savedAlready());
      context.progress().done(1, file.size());
    } else {
      uploads.submit(upload, folders.idOf(row.folder()).orElseThrow());
    }
  }

  private void skip(Step step, Skipped why, boolean oneMoreChance) {
    if (oneMoreChance && why.reason() == Reason.BEING_WRITTEN) {
      again.add(step);
    } else {
      context.progress().skipped(why);
    }
  }
}
