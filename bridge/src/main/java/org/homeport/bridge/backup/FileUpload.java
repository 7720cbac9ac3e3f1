package org.homeport.bridge.backup;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.homeport.bridge.backup.BackupContext.ObjectKind;
import org.homeport.bridge.backup.BackupPlan.Step;
import org.homeport.bridge.index.IndexEntry;
import org.homeport.bridge.index.IndexEntry.Saved;
import org.homeport.bridge.index.IndexEntry.Stat;
import org.homeport.bridge.index.IndexEntry.State;
import org.homeport.bridge.remote.NewFile;
import org.homeport.bridge.remote.RemoteId;
import org.homeport.bridge.remote.RemoteName;
import org.homeport.bridge.remote.RemoteObject;
import org.homeport.bridge.remote.RemoteRejected;
import org.homeport.bridge.scan.ReadFile;

/** Brings one file that was read to the far end, where it is made, updated, or found to be. */
final class FileUpload {
  /** A file changed so recently may change once more without its times showing it. */
  private static final long TICK_NANOS = 2_000_000_000L;

  private final BackupContext context;
  private final Step step;
  private final IndexEntry row;
  private final ReadFile file;

  /**
   * @param row the committed one, which is pending
   */
  FileUpload(BackupContext context, Step step, IndexEntry row, ReadFile file) {
    this.context = context;
    this.step = step;
    this.row = row;
    this.file = file;
  }

  Step step() {
    return step;
  }

  ReadFile file() {
    return file;
  }

  /** Whether only times or rights changed, and nothing is to be sent. */
  boolean isSavedAlready() {
    return !step.isDoubtful()
        && row.content().filter(saved -> saved.md5().equals(file.md5())).isPresent();
  }

  IndexEntry savedAlready() {
    return saved(row.id().orElseThrow(), row.content().orElseThrow());
  }

  /** Sends it; returns the row that is true from now on. */
  IndexEntry send(RemoteId parent) {
    context.progress().current(row.path());
    var object = step.isDoubtful() ? settle(parent) : sendPlainly(row.id().orElseThrow(), parent);
    var there = object.content().orElseThrow();
    if (!there.md5().equals(file.md5()) || there.size() != file.size()) {
      throw new RemoteRejected("it arrived damaged: its MD5 is not the one of the file");
    }
    return saved(object.id(), new Saved(there.md5(), there.version()));
  }

  /** An earlier run may have got further than the index says, or somebody edited the far end. */
  private RemoteObject settle(RemoteId parent) {
    var id = row.id().orElseThrow();
    var there = context.remote().find(id);
    if (there.isEmpty()) {
      return row.content().isPresent() ? sendAnew(parent) : create(id, parent);
    }
    var object = there.get().trashed() ? context.remote().untrash(id) : there.get();
    return object.holds(file.md5()) ? object : update(id, parent);
  }

  /** What was removed for good leaves an id that cannot be used again. */
  private RemoteObject sendAnew(RemoteId parent) {
    var id = context.remote().reserveIds(1).get(0);
    context.confirm(List.of(), List.of(row.withId(id)));
    return create(id, parent);
  }

  private RemoteObject sendPlainly(RemoteId id, RemoteId parent) {
    return row.content().isPresent() ? update(id, parent) : create(id, parent);
  }

  private RemoteObject create(RemoteId id, RemoteId parent) {
    return context.remote().create(newFile(id, parent), file);
  }

  private RemoteObject update(RemoteId id, RemoteId parent) {
    return context.remote().update(newFile(id, parent), file);
  }

  private NewFile newFile(RemoteId id, RemoteId parent) {
    var mtime = file.attributes().mtime();
    var modified =
        Instant.ofEpochSecond(
            Math.floorDiv(mtime, 1_000_000_000L), Math.floorMod(mtime, 1_000_000_000L));
    return new NewFile(
        id, parent, RemoteName.of(row.name()), modified, context.tags(ObjectKind.ENTRY));
  }

  private IndexEntry saved(RemoteId id, Saved content) {
    var mode = file.attributes().mode();
    var same =
        row.content().equals(Optional.of(content))
            && row.mode() == mode
            && row.stat().mtime() == file.attributes().mtime();
    return new IndexEntry(
        row.folder(),
        row.name(),
        row.kind(),
        State.DONE,
        Optional.of(id),
        stat(),
        mode,
        Optional.of(content),
        Optional.empty(),
        same ? row.firstRun() : context.run());
  }

  private Stat stat() {
    var stat = BackupPlan.stat(file.attributes());
    var now = context.clock().instant();
    var nanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
    var settled = stat.ctime() + TICK_NANOS < nanos;
    return settled ? stat : new Stat(stat.size(), stat.mtime(), 0, stat.inode());
  }
}
