package org.homeport.bridge.pages;

import static org.homeport.bridge.pages.Page.get;
import static org.homeport.bridge.pages.Page.post;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.homeport.bridge.backup.BackupFeature;
import org.homeport.bridge.backup.BackupSettings;
import org.homeport.bridge.backup.Backups;
import org.homeport.bridge.pages.Wording.Moment;
import org.homeport.bridge.remote.drive.DriveAccounts;
import org.homeport.bridge.remote.drive.DriveConnection;
import org.homeport.bridge.run.Run;
import org.homeport.bridge.tree.TreeId;
import org.homeport.spawn.identity.HubUser;

/** A user's own page: where the home is saved to and how it stands, what is going on, what was. */
public final class HomePages implements Chapter {
  private static final int RUNS_SHOWN = 10;

  private final BackupFeature backups;
  private final BackupSettings settings;
  private final Optional<DriveAccounts> drive;
  private final Clock clock;

  /**
   * A user's page.
   *
   * @param base its address
   * @param guest whether an administrator looks at the home of somebody else
   */
  private record Home(
      String base,
      String user,
      boolean guest,
      StatusView status,
      Optional<Connection> drive,
      RunView.RunList runs) {}

  /** The Google account that is connected, if one is. */
  private record Connection(boolean own, Optional<Account> account) {}

  private record Account(String email, Moment connected, Optional<Moment> ended) {
    static Account of(DriveConnection connection) {
      return new Account(
          connection.email(),
          Moment.of(connection.connected()),
          connection.ended().map(Moment::of));
    }
  }

  public HomePages(
      BackupFeature backups, BackupSettings settings, Optional<DriveAccounts> drive, Clock clock) {
    this.backups = backups;
    this.settings = settings;
    this.drive = drive;
    this.clock = clock;
  }

  @Override
  public List<Page> pages() {
    return List.of(
        get("", visit -> visit.go(visit.home(visit.session().user()))),
        get(Pages.HOME, this::show),
        get(Pages.HOME + "/progress", this::progress),
        post(Pages.HOME + "/backups", this::save));
  }

  void show(Visit visit) {
    var user = visit.user();
    var own = user.equals(visit.session().user());
    var home =
        new Home(
            visit.home(user),
            user.name(),
            !own,
            status(visit, user),
            drive.map(known -> new Connection(own, known.find(user).map(Account::of))),
            runs(visit, user));
    visit.show("home", own ? "Your files" : "The files of " + user, home);
  }

  /** The part of the page that changes while something goes on. */
  void progress(Visit visit) {
    var user = visit.user();
    var status = status(visit, user);
    visit.show("progress", "", new Live(status, runs(visit, user), said(status, visit)));
  }

  /**
   * @param said what is read out to those who cannot see the page; empty for nothing new
   */
  private record Live(StatusView status, RunView.RunList runs, String said) {}

  /** Each quarter is worth a word, and the end. */
  private static String said(StatusView status, Visit visit) {
    var steps = status.progress().map(progress -> String.valueOf(progress.steps()));
    if (steps.isEmpty()) {
      return status.headline();
    }
    return steps.get().equals(visit.query("said")) ? "" : steps.get() + " percent";
  }

  void save(Visit visit) {
    var user = visit.user();
    var consent = !visit.field("consent").isEmpty();
    backups.backups().start(TreeId.home(user), new Backups.Request(visit.name(), consent));
    visit.go(visit.home(user));
  }

  private StatusView status(Visit visit, HubUser user) {
    var latest = latest(user);
    return StatusView.of(
        visit.home(user),
        latest.stream().filter(run -> run.kind() == Run.Kind.BACKUP).toList(),
        latest.stream().filter(Run::isRunning).findFirst(),
        StatusView.Routine.of(settings, user, isUnconnected(user), clock.instant()));
  }

  private boolean isUnconnected(HubUser user) {
    return drive.isPresent() && drive.get().find(user).isEmpty();
  }

  private RunView.RunList runs(Visit visit, HubUser user) {
    var runs =
        latest(user).stream()
            .filter(run -> !run.isRunning())
            .limit(RUNS_SHOWN)
            .map(run -> RunView.of(run, visit.home(user)))
            .toList();
    return new RunView.RunList(runs);
  }

  /** The newest first. */
  private List<Run> latest(HubUser user) {
    return Stream.of(Run.Kind.values())
        .flatMap(kind -> backups.runs().latest(TreeId.home(user), kind, RUNS_SHOWN).stream())
        .sorted((one, other) -> Long.compare(other.number(), one.number()))
        .toList();
  }
}
