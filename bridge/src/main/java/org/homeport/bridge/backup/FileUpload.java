package org.homeport.bridge.backup;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.homeport.bridge.backup.BackupContext.ObjectKind;
import org.homeport.bridge.backup.BackupPlan.Step;
import org.homeport.bridge.index.IndexEntry;
import org.homeport.bridge.index.IndexEntry.Saved;
import org.homeport.bridge.index.IndexEntry.Stat;
import org.homeport.bridge.remote.Batch;
import org.homeport.bridge.remote.NewFile;
import org.homeport.bridge.remote.RemoteId;
import org.homeport.bridge.remote.RemoteName;
import org.homeport.bridge.remote.RemoteObject;
import org.homeport.bridge.remote.RemoteRejected;
import org.homeport.bridge.scan.ReadFile;

/** Sends one file that was read to the remote, where it is made, updated, or found to be. */
final class FileUpload {
  /** A file changed so recently may change once more without its times showing it. */
  private static final long TICK_NANOS = 2_000_000_000L;

  private final BackupContext context;
  private final Step step;
  private IndexEntry row;
  private final ReadFile file;
  private final Instant readAt;

  /**
   * @param row the committed one, which is pending
   */
  FileUpload(BackupContext context, Step step, IndexEntry row, ReadFile file) {
    this.context = context;
    this.step = step;
    this.row = row;
    this.file = file;
    this.readAt = context.clock().instant();
  }

  Step step() {
    return step;
  }

  ReadFile file() {
    return file;
  }

  /** Whether only times or permissions changed, so that nothing has to be sent. */
  boolean isSavedAlready() {
    return !step.isDoubtful()
        && row.content().filter(saved -> saved.md5().equals(file.md5())).isPresent();
  }

  IndexEntry savedAlready() {
    return saved(row.content().orElseThrow());
  }

  /** The id that the file has at the remote, once it was sent. */
  RemoteId id() {
    return row.id().orElseThrow();
  }

  /**
   * Sends the file, unless the remote has this content already.
   *
   * @param batch the file is at the remote for certain once this is committed
   * @return the file as the remote had it already; empty when it was sent
   */
  Optional<RemoteObject> send(RemoteId parent, Batch batch) {
    context.progress().current(row.path());
    if (step.isDoubtful()) {
      return settle(parent, batch);
    }
    if (row.content().isPresent()) {
      batch.update(newFile(parent), file);
    } else {
      batch.create(newFile(parent), file);
    }
    return Optional.empty();
  }

  /** An earlier run may have got further than the index says, or somebody edited the remote. */
  private Optional<RemoteObject> settle(RemoteId parent, Batch batch) {
    var there =
        context
            .remote()
            .find(id())
            .map(object -> object.trashed() ? context.remote().untrash(id()) : object);
    if (there.filter(object -> object.holds(file.md5())).isPresent()) {
      return there;
    }
    if (there.isPresent()) {
      batch.update(newFile(parent), file);
    } else {
      if (row.content().isPresent()) {
        // What was removed permanently leaves an id that cannot be used again.
        row = row.withId(context.remote().reserveIds(1).get(0));
        context.confirm(List.of(), List.of(row));
      }
      batch.create(newFile(parent), file);
    }
    return Optional.empty();
  }

  /**
   * The row that is true once the file has arrived.
   *
   * @throws RemoteRejected when it arrived damaged
   */
  IndexEntry arrived(RemoteObject object) {
    var there = object.content().orElseThrow();
    if (!there.md5().equals(file.md5()) || there.size() != file.size()) {
      throw new RemoteRejected("it arrived damaged: its MD5 is not the one of the file");
    }
    return saved(new Saved(there.md5(), there.version()));
  }

  private NewFile newFile(RemoteId parent) {
    var mtime = file.attributes().mtime();
    var modified =
        Instant.ofEpochSecond(
            Math.floorDiv(mtime, 1_000_000_000L), Math.floorMod(mtime, 1_000_000_000L));
    return new NewFile(
        id(), parent, RemoteName.of(row.name()), modified, context.tags(ObjectKind.ENTRY));
  }

  private IndexEntry saved(Saved content) {
    var mode = file.attributes().mode();
    var same =
        row.content().equals(Optional.of(content))
            && row.mode() == mode
            && row.stat().mtime() == file.attributes().mtime();
    return row.saved(content, stat(), mode, same ? row.firstRun() : context.run());
  }

  private Stat stat() {
    var stat = BackupPlan.stat(file.attributes());
    var nanos = readAt.getEpochSecond() * 1_000_000_000L + readAt.getNano();
    var settled = stat.ctime() + TICK_NANOS < nanos;
    return settled ? stat : new Stat(stat.size(), stat.mtime(), 0, stat.inode());
  }
}
