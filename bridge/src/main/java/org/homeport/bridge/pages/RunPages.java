package org.homeport.bridge.pages;

import java.util.List;
import java.util.Optional;
import org.homeport.bridge.run.Report.Note;
import org.homeport.bridge.run.Run;
import org.homeport.bridge.web.Refused;

/** One run: how it gets on, how it ended, and what was left out and why. */
final class RunPages {
  private final PageFeatures subjects;

  private record Page(
      String base,
      RunView run,
      Optional<StatusView.Progress> progress,
      List<Note> notes,
      List<Left> left,
      long unlisted) {
    boolean isComplete() {
      return left.isEmpty() && progress.isEmpty();
    }
  }

  /** Something that was left out, and why. */
  private record Left(String path, String why, String detail) {}

  RunPages(PageFeatures subjects) {
    this.subjects = subjects;
  }

  void show(Visit visit) {
    var user = visit.user();
    var number = visit.context().pathParam("number");
    var run =
        Optional.of(number)
            .filter(text -> text.matches("\\d{1,18}"))
            .flatMap(text -> subjects.backups().runs().find(user, Long.parseLong(text)))
            .orElseThrow(() -> Refused.notFound("run", number));
    var report = run.report();
    var left =
        report.skipped().stream()
            .map(one -> new Left(one.path(), Wording.reason(one.reason()), one.detail()))
            .toList();
    var view = RunView.of(run, visit.home(user));
    visit.show(
        "run",
        view.what(),
        new Page(
            visit.home(user),
            view,
            Optional.of(run).filter(Run::isRunning).map(StatusView.Progress::of),
            report.notes(),
            left,
            report.skippedCount() - left.size()));
  }
}
