package org.homeport.bridge.pages;

import static org.homeport.bridge.pages.Page.get;

import java.util.List;
import java.util.Optional;
import org.homeport.bridge.backup.BackupFeature;
import org.homeport.bridge.run.Report.Note;
import org.homeport.bridge.run.Run;
import org.homeport.bridge.tree.TreeId;
import org.homeport.bridge.web.Refused;

/** One run: how it gets on, how it ended, and what was left out and why. */
public final class RunPages implements Chapter {
  private final BackupFeature backups;

  private record Shown(
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

  public RunPages(BackupFeature backups) {
    this.backups = backups;
  }

  @Override
  public List<Page> pages() {
    return List.of(get(Pages.HOME + "/runs/{number}", this::show));
  }

  void show(Visit visit) {
    var user = visit.user();
    var number = visit.context().pathParam("number");
    var run =
        Optional.of(number)
            .filter(text -> text.matches("\\d{1,18}"))
            .flatMap(text -> backups.runs().find(TreeId.home(user), Long.parseLong(text)))
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
        new Shown(
            visit.home(user),
            view,
            Optional.of(run).filter(Run::isRunning).map(StatusView.Progress::of),
            report.notes(),
            left,
            report.skippedCount() - left.size()));
  }
}
