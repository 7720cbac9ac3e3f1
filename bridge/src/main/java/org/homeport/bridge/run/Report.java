package org.homeport.bridge.run;

import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * The progress of a run, and the notes on it.
 *
 * @param filesKnown how many files there are to look after; grows while the home is looked through
 * @param filesDone how many of them are as they should be
 * @param filesSent how many of those had to be sent, or fetched
 * @param removed how many things went to the trash
 * @param withheld how many files the home no longer has that stay at the remote until someone
 *     agrees
 * @param current what is worked on; empty when nothing is
 * @param secondsLeft empty while nobody can tell
 * @param skipped at most {@value #MAX_LISTED} of what was left out, with the reasons
 * @param notes at most {@value #MAX_LISTED} of what else the user should know of single files
 * @param message one sentence on the whole; empty when all is well
 */
public record Report(
    long filesKnown,
    long bytesKnown,
    long filesDone,
    long bytesDone,
    long filesSent,
    long bytesSent,
    long removed,
    long withheld,
    String current,
    OptionalLong secondsLeft,
    long skippedCount,
    List<Skipped> skipped,
    List<Note> notes,
    String message) {
  public static final int MAX_LISTED = 1000;

  /** So many characters all that is skipped, and all notes, have together at most. */
  static final int MAX_TEXT = 100_000;

  /** A path or text that is longer is cut off here. */
  private static final int MAX_EACH = 1000;

  public static final Report EMPTY =
      new Report(0, 0, 0, 0, 0, 0, 0, 0, "", OptionalLong.empty(), 0, List.of(), List.of(), "");

  /** Something to know of one path. */
  public record Note(String path, String text) {
    public Note {
      path = cut(path);
      text = cut(text);
    }
  }

  static String cut(String text) {
    return text.length() <= MAX_EACH ? text : text.substring(0, MAX_EACH) + "…";
  }

  /** The report without what it lists. */
  Report figures() {
    return with(List.of(), List.of());
  }

  /** The figures of this report, with other lists. */
  Report with(List<Skipped> otherSkipped, List<Note> otherNotes) {
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
        secondsLeft,
        skippedCount,
        otherSkipped,
        otherNotes,
        message);
  }

  public Report {
    Objects.requireNonNull(current);
    Objects.requireNonNull(secondsLeft);
    Objects.requireNonNull(message);
    skipped = List.copyOf(skipped);
    notes = List.copyOf(notes);
  }

  public Report withMessage(String text) {
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
        secondsLeft,
        skippedCount,
        skipped,
        notes,
        text);
  }
}
