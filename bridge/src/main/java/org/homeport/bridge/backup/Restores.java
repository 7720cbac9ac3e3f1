package org.homeport.bridge.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.index.HistoryTable;
import org.homeport.bridge.index.IndexEntry;
import org.homeport.bridge.index.RootTable;
import org.homeport.bridge.remote.Remotes;
import org.homeport.bridge.run.Run;
import org.homeport.bridge.run.Runs;
import org.homeport.bridge.tree.TreeId;
import org.homeport.bridge.tree.Trees;
import org.homeport.spawn.files.RawPath;
import org.homeport.spawn.refusal.SpawnRefused;
import org.homeport.spawn.text.Spelling;

/** The story of getting files back: any part of a home, as any backup found it. */
public final class Restores {
  private final BackupSettings settings;
  private final Remotes remotes;
  private final Trees trees;
  private final Database database;
  private final Runs runs;
  private final Clock clock;

  /**
   * A request for a restore.
   *
   * @param path below the home, as RawText; empty for everything
   * @param into the folder below the home to bring it back into, empty for the places that the
   *     files had; absent for a new folder that is named after the day
   */
  public record Request(String startedBy, RestorePoint point, String path, Optional<String> into) {
    public Request {
      Objects.requireNonNull(startedBy);
      Objects.requireNonNull(point);
      path = checked(path);
      into = into.map(Request::checked);
    }

    private static String checked(String path) {
      try {
        return path.isEmpty() ? path : new RawPath(path).text();
      } catch (IllegalArgumentException e) {
        throw new SpawnRefused(
            "bad-path",
            "'" + path + "' is not a path below the home.",
            "Name a file or folder as the list of the backup has it.");
      }
    }
  }

  /**
   * The files that a restore would bring back.
   *
   * @param items at most {@value #MOST_ITEMS} of what would come back
   * @param more how many others there are
   */
  public record Preview(String into, long files, long bytes, List<Item> items, long more) {
    public static final int MOST_ITEMS = 1000;

    /**
     * One file, folder or link.
     *
     * @param modified nanoseconds since 1970
     */
    public record Item(String path, String kind, long size, long modified) {
      static Item of(IndexEntry entry) {
        return new Item(
            entry.path(), Spelling.of(entry.kind()), entry.stat().size(), entry.stat().mtime());
      }
    }

    public Preview {
      items = List.copyOf(items);
    }
  }

  public Restores(
      BackupSettings settings,
      Remotes remotes,
      Trees trees,
      Database database,
      Runs runs,
      Clock clock) {
    this.settings = settings;
    this.remotes = remotes;
    this.trees = trees;
    this.database = database;
    this.runs = runs;
    this.clock = clock;
  }

  /** Begins a restore; returns at once, and chooses what comes back when it is carried out. */
  public Run start(TreeId tree, Request request) {
    var number = saved(tree, request);
    var run = runs.beginRestore(tree, request.startedBy());
    return runs.start(run, () -> carryOut(run, request, number));
  }

  /** Brings files back and returns when it is over. */
  public Run restore(TreeId tree, Request request) {
    var number = saved(tree, request);
    return carryOut(runs.beginRestore(tree, request.startedBy()), request, number);
  }

  /** Returns the files that a restore would bring back; changes nothing. */
  public Preview preview(TreeId tree, Request request) {
    try (var plan = plan(tree, request, saved(tree, request))) {
      var items =
          Stream.of(plan.folders(), plan.files(), plan.links())
              .flatMap(Collection::stream)
              .limit(Preview.MOST_ITEMS)
              .map(Preview.Item::of)
              .toList();
      var all = plan.folders().size() + plan.files().size() + plan.links().size();
      return new Preview(plan.into(), plan.files().size(), plan.bytes(), items, all - items.size());
    }
  }

  private Run carryOut(Run run, Request request, long number) {
    return runs.carryOut(
        run,
        progress -> {
          var tree = trees.of(run.tree());
          try (var plan = plan(run.tree(), request, number);
              var remote = remotes.open(run.user(), progress::waiting)) {
            progress.known(plan.files().size(), plan.bytes());
            if (!plan.into().isEmpty()) {
              progress.note(plan.into(), "the folder of your home that holds what came back");
            }
            var aside = ".before-restore-" + run.startedAt().truncatedTo(ChronoUnit.SECONDS);
            var target = new RestoreTarget(aside, progress);
            new RestoreRun(plan, remote, trees.homes(), tree.owner(), target, progress)
                .carryOut(settings.connections());
          }
        });
  }

  private RestorePlan plan(TreeId tree, Request request, long number) {
    var plan = new RestorePlan(request.path(), request.into().orElseGet(() -> dayFolder(tree)));
    try {
      new HistoryTable(database).eachAsOf(tree, number, plan::add);
      return plan;
    } catch (RuntimeException e) {
      plan.close();
      throw e;
    }
  }

  /**
   * The number of the backup that is asked for.
   *
   * @throws SpawnRefused when there is none, or when it has nothing of what is asked for
   */
  private long saved(TreeId tree, Request request) {
    learn(tree);
    var number = number(tree, request.point());
    if (!new HistoryTable(database).had(tree, number, request.path())) {
      throw new SpawnRefused(
          "nothing-saved",
          request.path().isEmpty()
              ? "Nothing of " + tree.user() + " was saved then."
              : "'" + request.path() + "' was not saved then.",
          "List the backups, and choose one that has it.");
    }
    return number;
  }

  /** A folder that is not there yet. */
  private String dayFolder(TreeId tree) {
    var account = trees.of(tree).owner();
    var day = "restored-" + clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
    try {
      return trees
          .homes()
          .read(
              account,
              home -> {
                var name = day;
                for (var n = 2; home.attributes(RawPath.of(name)).isPresent(); n++) {
                  name = day + "-" + n;
                }
                return name;
              });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long number(TreeId tree, RestorePoint point) {
    if (point instanceof RestorePoint.OfRun run) {
      return runs.find(tree, run.number())
          .filter(found -> found.kind() == Run.Kind.BACKUP)
          .map(Run::number)
          .orElseThrow(
              () -> unknown("There is no backup " + run.number() + " of " + tree.user() + "."));
    }
    if (point instanceof RestorePoint.At at) {
      return runs.backupAt(tree, at.moment())
          .orElseThrow(() -> unknown("No backup of " + tree.user() + " is as old as that."));
    }
    return Long.MAX_VALUE;
  }

  private static SpawnRefused unknown(String message) {
    return new SpawnRefused("unknown-backup", message, "List the backups, and choose one.");
  }

  /** After a loss of the database the remote knows what there was. */
  private void learn(TreeId tree) {
    if (new RootTable(database).mark(tree).isEmpty()) {
      try (var lease =
              runs.beginAlone(tree, Run.Kind.VERIFICATION, "restore")
                  .orElseThrow(() -> busy(tree));
          var remote = remotes.open(tree.user())) {
        runs.carryOut(
            lease.run(),
            progress -> new Rebuild(tree, remote, settings, database).rebuild(repairs -> {}));
      }
    }
  }

  private static SpawnRefused busy(TreeId tree) {
    return new SpawnRefused(
        "busy",
        "A first backup of " + tree.user() + " is under way.",
        "Try again when it is over.");
  }
}
