package org.homeport.bridge.pages;

import java.util.List;
import java.util.Optional;
import org.homeport.bridge.pages.Wording.Moment;
import org.homeport.bridge.run.Report;
import org.homeport.bridge.run.Run;
import org.homeport.bridge.settings.Sizes;

/**
 * One run as people see it.
 *
 * @param what was done
 * @param result how it went
 * @param tone of the result, as Bootstrap names its colours
 * @param startedBy in words
 * @param can whether one can go back to what it saved
 * @param files the address of what it saved
 */
record RunView(
    String address,
    long number,
    String what,
    Moment when,
    String result,
    String tone,
    String startedBy,
    String counts,
    String message,
    boolean can,
    String files) {

  /** A list that may be empty. */
  record RunList(List<RunView> items) {
    boolean isEmpty() {
      return items.isEmpty();
    }
  }

  static RunView of(Run run, String home) {
    return new RunView(
        home + "/runs/" + run.number(),
        run.number(),
        what(run.kind()),
        Moment.of(run.endedAt().orElse(run.startedAt())),
        result(run.status()),
        tone(run.status()),
        startedBy(run.startedBy()),
        counts(run),
        run.report().message(),
        canGoBackTo(run),
        home + "/files?run=" + run.number());
  }

  static boolean canGoBackTo(Run run) {
    return run.kind() == Run.Kind.BACKUP
        && (run.status() == Run.Status.DONE || run.status() == Run.Status.PARTIAL);
  }

  private static String what(Run.Kind kind) {
    return switch (kind) {
      case BACKUP -> "Backup";
      case RESTORE -> "Restore";
      case VERIFICATION -> "Verification";
    };
  }

  static String result(Run.Status status) {
    return switch (status) {
      case RUNNING -> "running";
      case DONE -> "done";
      case PARTIAL -> "partly done";
      case FAILED -> "failed";
      case NEEDS_RECONNECT -> "Google Drive must be connected";
      case REMOTE_FULL -> "no room is left for it";
    };
  }

  static String tone(Run.Status status) {
    return switch (status) {
      case RUNNING -> "info";
      case DONE -> "success";
      case PARTIAL -> "warning";
      case FAILED, NEEDS_RECONNECT, REMOTE_FULL -> "danger";
    };
  }

  private static String startedBy(String who) {
    return switch (who) {
      case "nightly" -> "every night";
      case "stop" -> "after a server stopped";
      default -> "started by " + who;
    };
  }

  private static String counts(Run run) {
    var report = run.report();
    return switch (run.kind()) {
      case BACKUP -> report.filesSent() == 0 ? "nothing new" : sent(report) + " sent";
      case RESTORE -> sent(report) + " restored";
      case VERIFICATION -> Wording.files(report.filesDone()) + " checked";
    };
  }

  private static String sent(Report report) {
    return Wording.files(report.filesSent()) + " (" + Sizes.text(report.bytesSent()) + ")";
  }

  static Optional<Moment> ended(Run run) {
    return run.endedAt().map(Moment::of);
  }
}
