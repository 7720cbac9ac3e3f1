package org.homeport.bridge.run;

import static java.time.temporal.ChronoUnit.SECONDS;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.homeport.bridge.run.Report.Note;

/** Counts what a run does, from all its threads, and tells a listener of every step. */
public final class RunProgress {
  private static final Duration TOO_EARLY = Duration.ofSeconds(3);
  private static final Duration WORTH_TELLING = Duration.ofSeconds(5);

  private final InstantSource clock;
  private Instant start;
  private long filesAtStart;
  private long bytesAtStart;
  private final Runnable listener;
  private final List<Skipped> skipped = new ArrayList<>();
  private final List<Note> notes = new ArrayList<>();
  private int skippedText;
  private int notesText;
  private long skippedCount;
  private long missing;
  private long filesKnown;
  private long bytesKnown;
  private long filesDone;
  private long bytesDone;
  private long filesSent;
  private long bytesSent;
  private long removed;
  private long withheld;
  private String current = "";
  private String message = "";
  private Instant waitingUntil = Instant.MIN;
  private String waitingFor = "";

  RunProgress(InstantSource clock, Runnable listener) {
    this.clock = clock;
    this.start = clock.instant();
    this.listener = listener;
  }

  public synchronized void known(long files, long bytes) {
    filesKnown += files;
    bytesKnown += bytes;
    tell();
  }

  public synchronized void done(long files, long bytes) {
    filesDone += files;
    bytesDone += bytes;
    tell();
  }

  /** The same, without any work: from now on the time that is left can be told. */
  public synchronized void unchanged(long files, long bytes) {
    done(files, bytes);
    start = clock.instant();
    filesAtStart = filesDone;
    bytesAtStart = bytesDone;
  }

  public synchronized void current(String path) {
    current = path;
    tell();
  }

  public synchronized void sent(String path, long bytes) {
    filesSent++;
    bytesSent += bytes;
    done(1, bytes);
  }

  public synchronized void removed(long count) {
    removed += count;
    tell();
  }

  public synchronized void withheld(long files) {
    withheld = files;
  }

  public synchronized void skipped(Skipped one) {
    skippedCount++;
    if (!one.reason().isByRule()) {
      missing++;
    }
    // What is missing matters more than what a rule left out, so there is always room for it.
    var share = one.reason().isByRule() ? 2 : 1;
    var text = skippedText + one.path().length() + one.detail().length();
    if (skipped.size() < Report.MAX_LISTED / share && text <= Report.MAX_TEXT / share) {
      skipped.add(one);
      skippedText = text;
    }
    tell();
  }

  /** The end of what was skipped so far. */
  public synchronized Skips skips() {
    return new Skips(skipped.size(), skippedText, skippedCount, missing);
  }

  /** Forgets what was skipped since, as it is found again. */
  public synchronized void forgetSince(Skips before) {
    skipped.subList(before.listed(), skipped.size()).clear();
    skippedText = before.text();
    skippedCount = before.count();
    missing = before.missing();
  }

  /** The number of entries skipped up to a moment. */
  public record Skips(int listed, int text, long count, long missing) {}

  public synchronized void note(String path, String text) {
    var note = new Note(path, text);
    var all = notesText + note.path().length() + note.text().length();
    if (notes.size() < Report.MAX_LISTED && all <= Report.MAX_TEXT) {
      notes.add(note);
      notesText = all;
    }
  }

  /** Nothing will happen for a while. */
  public synchronized void waiting(Duration pause, Exception why) {
    if (pause.compareTo(WORTH_TELLING) >= 0) {
      waitingUntil = clock.instant().plus(pause);
      waitingFor = why.getMessage();
      tell();
    }
  }

  private boolean isWaiting() {
    return message.isEmpty() && clock.instant().isBefore(waitingUntil);
  }

  synchronized void message(String text) {
    message = text;
  }

  /** Whether anything that should have been done was not. */
  synchronized boolean isPartial() {
    return missing > 0 || withheld > 0;
  }

  synchronized Report report() {
    return new Report(
        filesKnown,
        bytesKnown,
        filesDone,
        bytesDone,
        filesSent,
        bytesSent,
        removed,
        withheld,
        current,
        secondsLeft(),
        skippedCount,
        skipped,
        notes,
        isWaiting()
            ? "Waiting until %s: %s".formatted(waitingUntil.truncatedTo(SECONDS), waitingFor)
            : message);
  }

  private void tell() {
    listener.run();
  }

  private OptionalLong secondsLeft() {
    if (isWaiting()) {
      return OptionalLong.empty();
    }
    var elapsed = Duration.between(start, clock.instant());
    var files = filesDone - filesAtStart;
    var bytes = bytesDone - bytesAtStart;
    if (elapsed.compareTo(TOO_EARLY) < 0 || files == 0) {
      return OptionalLong.empty();
    }
    // The slower of the two measures: many small files wait for calls, few large ones for bytes.
    var byFiles = (double) (filesKnown - filesDone) / files;
    var byBytes = bytes == 0 ? 0 : (double) (bytesKnown - bytesDone) / bytes;
    return OptionalLong.of(Math.round(Math.max(byFiles, byBytes) * elapsed.toSeconds()));
  }
}
