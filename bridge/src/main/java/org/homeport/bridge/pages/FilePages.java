package org.homeport.bridge.pages;

import static org.homeport.bridge.pages.Page.get;
import static org.homeport.bridge.pages.Page.post;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.homeport.bridge.backup.BackupFeature;
import org.homeport.bridge.backup.RestorePoint;
import org.homeport.bridge.backup.Restores;
import org.homeport.bridge.index.SavedFiles.SavedFile;
import org.homeport.bridge.pages.Wording.Moment;
import org.homeport.bridge.run.Run;
import org.homeport.bridge.settings.Sizes;
import org.homeport.bridge.tree.TreeId;
import org.homeport.bridge.web.Audit;
import org.homeport.bridge.web.Downloads;
import org.homeport.bridge.web.Refused;
import org.homeport.bridge.web.Urls;
import org.homeport.spawn.identity.HubUser;

/** Looks at what was saved of a home, on any day, and brings it back. */
public final class FilePages implements Chapter {
  private static final int MOST_DAYS = 100;
  private static final int MOST_SHOWN = 200;
  private static final String OLD_PLACE = "old";

  private final BackupFeature backups;
  private final Downloads downloads;

  /** A folder as a backup has it. */
  private record Folder(
      String base,
      long run,
      String path,
      List<Day> days,
      List<Crumb> crumbs,
      List<Item> items,
      Optional<String> next) {
    boolean isEmpty() {
      return items.isEmpty();
    }
  }

  /** A backup that can be gone back to. */
  private record Day(long run, Moment when, boolean chosen) {}

  /** A folder on the way down. */
  private record Crumb(String name, String address, boolean here) {}

  /**
   * A file, folder or link in it.
   *
   * @param folder its address, when it is one
   */
  private record Item(
      String name,
      String kind,
      Optional<String> folder,
      String size,
      Moment modified,
      Optional<String> versions,
      String restore) {}

  private record Versions(String base, String path, List<Version> items) {}

  private record Version(Moment modified, String size, Moment saved, String restore) {}

  /** The view of a restore before it begins. */
  private record Preview(
      String base,
      long run,
      Moment when,
      String path,
      boolean everything,
      String place,
      boolean inPlace,
      String into,
      String amount,
      List<String> items,
      long more) {}

  public FilePages(BackupFeature backups, Downloads downloads) {
    this.downloads = downloads;
    this.backups = backups;
  }

  @Override
  public List<Page> pages() {
    return List.of(
        get(Pages.HOME + "/files", this::folder),
        get(Pages.HOME + "/versions", this::versions),
        get(Pages.HOME + "/restore", this::preview),
        post(Pages.HOME + "/restores", this::restore),
        get(Pages.HOME + "/download", this::download));
  }

  void folder(Visit visit) {
    var user = visit.user();
    var base = visit.home(user);
    var days = days(user);
    if (days.isEmpty()) {
      throw new Refused(404, "nothing-saved", "Nothing is saved yet.", "Press Save now first.");
    }
    var run = run(user, visit.query("run")).orElse(days.get(0)).number();
    var path = visit.query("path");
    var part = backups.files().in(TreeId.home(user), run, path, visit.query("after"));
    var items = part.items().stream().map(file -> item(base, run, file)).toList();
    var next =
        part.next()
            .map(
                name ->
                    base
                        + "/files?"
                        + Urls.query(
                            Map.of("run", String.valueOf(run), "path", path, "after", name)));
    var choice =
        days.stream().map(day -> new Day(day.number(), saved(day), day.number() == run)).toList();
    visit.show(
        "files",
        "Backups",
        new Folder(base, run, path, choice, crumbs(base, run, path), items, next));
  }

  void versions(Visit visit) {
    var user = visit.user();
    var base = visit.home(user);
    var path = visit.query("path");
    var items =
        backups.files().versions(TreeId.home(user), path).stream()
            .map(
                file ->
                    new Version(
                        Moment.ofNanos(file.modified()),
                        Sizes.text(file.size()),
                        saved(found(user, file.run())),
                        restore(base, file.run(), path)))
            .toList();
    visit.show("versions", "Versions of " + path, new Versions(base, path, items));
  }

  /** Shows the files that a restore would bring back, and their places. */
  void preview(Visit visit) {
    var user = visit.user();
    var place = visit.query("place");
    var request = request(visit, visit.query("run"), visit.query("path"), place);
    var run = found(user, Long.parseLong(visit.query("run")));
    var preview = backups.restores().preview(TreeId.home(user), request);
    visit.show(
        "restore",
        "Restore files",
        new Preview(
            visit.home(user),
            run.number(),
            saved(run),
            request.path(),
            request.path().isEmpty(),
            place,
            place.equals(OLD_PLACE),
            preview.into(),
            Wording.files(preview.files()) + ", " + Sizes.text(preview.bytes()),
            preview.items().stream().limit(MOST_SHOWN).map(Restores.Preview.Item::path).toList(),
            Math.max(0, preview.items().size() - MOST_SHOWN) + preview.more()));
  }

  void restore(Visit visit) {
    var user = visit.user();
    var request = request(visit, visit.field("run"), visit.field("path"), visit.field("place"));
    var run = backups.restores().start(TreeId.home(user), request);
    visit.go(visit.home(user) + "/runs/" + run.number());
  }

  /** The whole home as it is now. */
  void download(Visit visit) {
    Audit.always(visit.context());
    var zip = backups.zip().of(TreeId.home(visit.user()));
    downloads.send(visit.context(), visit.user(), "home.zip", zip::write);
  }

  private Restores.Request request(Visit visit, String run, String path, String place) {
    var user = visit.user();
    return new Restores.Request(
        visit.name(),
        new RestorePoint.OfRun(run(user, run).orElseThrow(() -> unknown(run)).number()),
        path,
        place.equals(OLD_PLACE) ? Optional.of("") : Optional.empty());
  }

  private Item item(String base, long run, SavedFile file) {
    var isFolder = file.kind().equals("folder");
    var isFile = file.kind().equals("file");
    var here = Map.of("run", String.valueOf(run), "path", file.path());
    return new Item(
        file.path().substring(file.path().lastIndexOf('/') + 1),
        file.kind(),
        isFolder ? Optional.of(base + "/files?" + Urls.query(here)) : Optional.empty(),
        isFile ? Sizes.text(file.size()) : "",
        Moment.ofNanos(file.modified()),
        isFile
            ? Optional.of(base + "/versions?" + Urls.query(Map.of("path", file.path())))
            : Optional.empty(),
        restore(base, run, file.path()));
  }

  private static String restore(String base, long run, String path) {
    return base + "/restore?" + Urls.query(Map.of("run", String.valueOf(run), "path", path));
  }

  private static List<Crumb> crumbs(String base, long run, String path) {
    var crumbs = new ArrayList<Crumb>();
    crumbs.add(crumb("Home", base, run, "", path.isEmpty()));
    for (var end = 0; end < path.length(); end++) {
      var next = path.indexOf('/', end + 1);
      end = next < 0 ? path.length() : next;
      var above = path.substring(0, end);
      crumbs.add(
          crumb(above.substring(above.lastIndexOf('/') + 1), base, run, above, above.equals(path)));
    }
    return crumbs;
  }

  private static Crumb crumb(String name, String base, long run, String path, boolean here) {
    var query = Map.of("run", String.valueOf(run), "path", path);
    return new Crumb(name, base + "/files?" + Urls.query(query), here);
  }

  private List<Run> days(HubUser user) {
    return backups.runs().latest(TreeId.home(user), Run.Kind.BACKUP, MOST_DAYS).stream()
        .filter(RunView::canGoBackTo)
        .toList();
  }

  private Optional<Run> run(HubUser user, String number) {
    return number.matches("\\d{1,18}")
        ? backups.runs().find(TreeId.home(user), Long.parseLong(number))
        : Optional.empty();
  }

  private Run found(HubUser user, long number) {
    return backups
        .runs()
        .find(TreeId.home(user), number)
        .orElseThrow(() -> unknown(String.valueOf(number)));
  }

  private static Moment saved(Run run) {
    return Moment.of(run.endedAt().orElse(run.startedAt()));
  }

  private static Refused unknown(String run) {
    return Refused.notFound("backup", run);
  }
}
