package org.homeport.bridge.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.homeport.bridge.backup.BackupPlan.Step;
import org.homeport.bridge.remote.Md5;
import org.homeport.bridge.run.Skipped;
import org.homeport.bridge.run.Skipped.Reason;
import org.homeport.bridge.scan.Handover;
import org.homeport.bridge.scan.ReadFile;
import org.homeport.bridge.scan.TreeScan;
import org.homeport.spawn.files.Directory;
import org.homeport.spawn.files.OpenFile;
import org.homeport.spawn.files.RawPath;

/**
 * Reads files of a home and computes their MD5, with a look before and after: what changed in
 * between is read again. Runs as the owner.
 */
final class HomeReader {
  /** Up to this size a file is kept in memory; the file behind a larger one stays open. */
  private static final int IN_MEMORY = 256 * 1024;

  /** Jupyter keeps a copy under this name while it writes a file. */
  private static final String BEING_SAVED = ".~";

  private static final Duration SAVING_TAKES = Duration.ofMinutes(10);

  private static final int ATTEMPTS = 3;

  private final ByteBuffer buffer = ByteBuffer.allocateDirect(IN_MEMORY);
  private final Directory home;
  private final long leftBehind;

  HomeReader(Directory home, Instant now) {
    this.home = home;
    this.leftBehind = now.minus(SAVING_TAKES).toEpochMilli() * 1_000_000;
  }

  /** The outcome of one step; without file and reason when the file is no longer there. */
  record Result(Step step, Optional<ReadFile> file, Optional<Skipped> skipped) {}

  /** Reads the files one after the other; whoever takes a read file closes it. */
  void read(List<Step> steps, Handover.Taker<Result> taker) {
    for (var step : steps) {
      var result = read(step, taker::goesOn);
      try {
        taker.take(result);
      } catch (RuntimeException e) {
        result.file().ifPresent(ReadFile::close);
        throw e;
      }
    }
  }

  private Result read(Step step, Runnable goesOn) {
    var path = RawPath.ofText(step.now().folder());
    var name = new RawPath(step.now().name());
    try {
      for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
        var file = within(home, path, folder -> read(folder, name, goesOn));
        if (file.isPresent()) {
          return new Result(step, file, Optional.empty());
        }
      }
      return notRead(step, Reason.BEING_WRITTEN, "is being written");
    } catch (NoSuchFileException | NotDirectoryException e) {
      return new Result(step, Optional.empty(), Optional.empty());
    } catch (IOException e) {
      return notRead(step, Reason.UNREADABLE, TreeScan.reason(e));
    }
  }

  private static Result notRead(Step step, Reason reason, String detail) {
    var skipped = new Skipped(step.now().path(), reason, detail);
    return new Result(step, Optional.empty(), Optional.of(skipped));
  }

  private interface Work {
    Optional<ReadFile> in(Directory folder) throws IOException;
  }

  /** Goes down folder by folder: none of them may have become a link meanwhile. */
  private static Optional<ReadFile> within(Directory home, RawPath path, Work work)
      throws IOException {
    return path.isTop()
        ? work.in(home)
        : within(home, path.parent(), parent -> in(parent, path.name(), work));
  }

  private static Optional<ReadFile> in(Directory parent, RawPath name, Work work)
      throws IOException {
    try (var folder = parent.folder(name)) {
      return work.in(folder);
    }
  }

  /** Empty when somebody writes the file at the same time. */
  private Optional<ReadFile> read(Directory folder, RawPath name, Runnable goesOn)
      throws IOException {
    if (isBeingSaved(folder, name)) {
      return Optional.empty();
    }
    var file = folder.read(name);
    try {
      var read = read(file, goesOn);
      if (read.filter(ReadFile::isOpen).isEmpty()) {
        file.close();
      }
      return read;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** A copy that nobody has touched for long was left by a program that ended. */
  private boolean isBeingSaved(Directory folder, RawPath name) throws IOException {
    var there = folder.attributes(new RawPath(BEING_SAVED + name));
    return there.filter(found -> found.mtime() > leftBehind).isPresent();
  }

  private Optional<ReadFile> read(OpenFile file, Runnable goesOn) throws IOException {
    var before = file.attributes();
    var digest = Md5.digest();
    var size = 0L;
    buffer.clear();
    while (file.read(buffer) >= 0) {
      goesOn.run();
      if (!buffer.hasRemaining()) {
        size += buffer.flip().remaining();
        digest.update(buffer);
        buffer.clear();
      }
    }
    var inMemory = size == 0;
    size += buffer.flip().remaining();
    digest.update(buffer.duplicate());
    if (size != before.size() || !file.attributes().equals(before)) {
      return Optional.empty();
    }
    var md5 = Md5.of(digest);
    if (!inMemory) {
      return Optional.of(ReadFile.open(before, md5, file));
    }
    var bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return Optional.of(ReadFile.inMemory(before, md5, bytes));
  }
}
