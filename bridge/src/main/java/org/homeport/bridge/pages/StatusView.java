package org.homeport.bridge.pages;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.homeport.bridge.backup.BackupSettings;
import org.homeport.bridge.pages.Wording.Moment;
import org.homeport.bridge.remote.RemoteChoice;
import org.homeport.bridge.run.Report;
import org.homeport.bridge.run.Run;
import org.homeport.bridge.settings.Sizes;
import org.homeport.spawn.identity.HubUser;

/**
 * The state of the backups of a home, at a glance.
 *
 * @param saved when it was last saved
 * @param next when it will be saved automatically
 * @param progress of what is going on
 * @param saving whether that is a backup
 * @param consent the number of files that wait for somebody to agree
 */
record StatusView(
    String base,
    String headline,
    String tone,
    String message,
    Optional<Moment> saved,
    String amount,
    Optional<Moment> next,
    boolean afterStop,
    String savedTo,
    Optional<Progress> progress,
    boolean saving,
    Optional<RunView> last,
    int left,
    long consent) {

  /**
   * A run that is going on.
   *
   * @param percent the done part of what is known
   * @param steps the same in quarters, for screen readers
   */
  record Progress(String what, long percent, int steps, String files, String current, String time) {
    static Progress of(Run run) {
      var report = run.report();
      var percent = percent(report);
      return new Progress(
          switch (run.kind()) {
            case BACKUP -> "Saving your files";
            case RESTORE -> "Restoring files";
            case VERIFICATION -> "Checking the backup";
          },
          percent,
          (int) (percent / 25 * 25),
          "%s of %s".formatted(report.filesDone(), Wording.files(report.filesKnown())),
          report.current(),
          report.secondsLeft().isPresent() ? Wording.left(report.secondsLeft().getAsLong()) : "");
    }

    private static long percent(Report report) {
      return report.filesKnown() == 0 ? 0 : 100 * report.filesDone() / report.filesKnown();
    }
  }

  /**
   * The state of a home between its runs.
   *
   * @param unconnected whether it has no Google Drive to be saved to
   * @param next when it will be saved automatically
   */
  record Routine(boolean unconnected, Optional<Instant> next, boolean afterStop, String savedTo) {
    static Routine of(BackupSettings settings, HubUser user, boolean unconnected, Instant now) {
      return new Routine(
          unconnected,
          settings.nightly().map(night -> night.next(user, now)),
          settings.afterStop(),
          place(settings.remote(), settings.root().replace("{user}", user.name())));
    }
  }

  /**
   * Makes the view of a home.
   *
   * @param backups the newest first
   */
  static StatusView of(String base, List<Run> backups, Optional<Run> current, Routine routine) {
    var last = backups.stream().filter(run -> !run.isRunning()).findFirst();
    var saved = backups.stream().filter(RunView::canGoBackTo).findFirst();
    var head = headline(current, last, routine.unconnected());
    return new StatusView(
        base,
        head.text(),
        head.tone(),
        current.or(() -> last).map(run -> run.report().message()).orElse(""),
        saved.flatMap(RunView::ended),
        saved.map(run -> amount(run.report())).orElse(""),
        routine.next().map(Moment::of),
        routine.afterStop(),
        routine.savedTo(),
        current.map(Progress::of),
        current.filter(run -> run.kind() == Run.Kind.BACKUP).isPresent(),
        last.map(run -> RunView.of(run, base)),
        last.map(run -> (int) run.report().skippedCount()).orElse(0),
        last.map(run -> run.report().withheld()).orElse(0L));
  }

  private record Headline(String text, String tone) {}

  private static Headline headline(Optional<Run> current, Optional<Run> last, boolean unconnected) {
    if (current.isPresent()) {
      return new Headline(
          current.get().kind() == Run.Kind.BACKUP ? "Saving now" : "Working", "info");
    }
    if (unconnected) {
      return new Headline("No Google Drive is connected", "warning");
    }
    if (last.isEmpty()) {
      return new Headline("Not saved yet", "secondary");
    }
    var text =
        switch (last.get().status()) {
          case RUNNING, DONE -> "All files are saved";
          case PARTIAL -> "Saved, but not every file";
          case FAILED -> "The last save failed";
          case NEEDS_RECONNECT -> "Connect Google Drive again";
          case REMOTE_FULL -> "No room is left for your backups";
        };
    return new Headline(text, RunView.tone(last.get().status()));
  }

  private static String amount(Report report) {
    return Wording.files(report.filesKnown()) + ", " + Sizes.text(report.bytesKnown());
  }

  private static String place(RemoteChoice remote, String root) {
    return remote instanceof RemoteChoice.Folder folder
        ? folder.path().resolve(root).toString()
        : "the folder " + root + " of Google Drive";
  }
}
