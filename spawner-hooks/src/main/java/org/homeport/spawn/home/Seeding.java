package org.homeport.spawn.home;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.homeport.spawn.files.Attributes.Kind;
import org.homeport.spawn.files.Directory;
import org.homeport.spawn.files.FolderTree;
import org.homeport.spawn.files.RawPath;
import org.homeport.spawn.identity.Account;
import org.homeport.spawn.identity.AsUser;
import org.homeport.spawn.identity.HubUser;
import org.homeport.spawn.progress.Progress;
import org.homeport.spawn.refusal.SpawnRefused;
import org.homeport.spawn.seed.Seed;
import org.homeport.spawn.seed.SeedLedger;
import org.homeport.spawn.seed.SeedMerge;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings one user's environment folder up to date with a seed. */
final class Seeding {
  private static final Logger LOG = LoggerFactory.getLogger(Seeding.class);
  private static final int FOLDER_MODE = 0755;

  /**
   * Stands for the digest of a seed of which something was left out: the next start tries again.
   */
  private static final String INCOMPLETE = "incomplete";

  private final AsUser asUser;
  private final SeedLedger ledger;
  private final HubUser user;
  private final Account account;
  private final RawPath name;

  Seeding(AsUser asUser, SeedLedger ledger, HubUser user, Account account, RawPath name) {
    this.asUser = asUser;
    this.ledger = ledger;
    this.user = user;
    this.account = account;
    this.name = name;
  }

  /**
   * Makes the folder if the user has none (any more), and merges the seed into it, unless that was
   * done before.
   *
   * @param tag tells the image's files from the user's
   */
  void run(Directory home, Seed seed, String tag, Progress progress) throws IOException {
    var found = asUser.call(account, () -> home.attributes(name));
    if (found.isEmpty()) {
      // In this order: a folder that is there and known is never filled again.
      ledger.forget(user, name.text());
      asUser.run(account, () -> make(home));
    } else if (found.get().kind() != Kind.FOLDER) {
      throw notAFolder();
    } else if (ledger.applied(user, name.text()).equals(Optional.of(seed.digest()))) {
      return;
    }
    try (var folder = asUser.call(account, () -> home.folder(name));
        var tree = new FolderTree(folder)) {
      merge(folder, tree, seed, tag, progress);
    }
  }

  private void merge(Directory folder, FolderTree tree, Seed seed, String tag, Progress progress)
      throws IOException {
    var history = ledger.history(user, name.text());
    var look = new FolderLook(tree);
    var plan = asUser.call(account, () -> SeedMerge.plan(history, seed.manifest(), look, tag));
    var done = true;
    if (!plan.steps().isEmpty() || !history.unfinished().isEmpty()) {
      ledger.begin(user, name.text(), seed.manifest());
      done = write(folder, tree, look, seed, plan.steps(), progress);
    }
    if (done) {
      var seeded = SeedMerge.seededBy(history, seed.manifest(), plan);
      var applied = plan.left().isEmpty() ? seed.digest() : INCOMPLETE;
      ledger.finish(user, name.text(), applied, seeded);
      name(plan, progress);
    }
  }

  private void name(SeedMerge.Plan plan, Progress progress) {
    var left = plan.left().size();
    if (left > 0) {
      var first = name.resolve(plan.inTheWay().first());
      LOG.info("{} files of the image were left out of the home of {}: {}", left, user, first);
      progress.report(
          Progress.Phase.SEEDING,
          plan.steps().size(),
          plan.steps().size() + left,
          String.format(
              Locale.ENGLISH,
              "%,d files of the environment were left out: %s is closed or in the way. Open it"
                  + " (chmod u+rwx) or move it away, and start again.",
              left,
              first));
    }
  }

  private boolean write(
      Directory folder,
      FolderTree tree,
      FolderLook look,
      Seed seed,
      List<SeedMerge.Step> steps,
      Progress progress)
      throws IOException {
    var report = new SeedReport(progress, name, steps);
    report.run();
    var done =
        asUser.call(
            account,
            () -> {
              try (var writer = new SeedWriter(folder, tree, look, seed)) {
                return writer.write(steps, report::count);
              }
            },
            report);
    report.run();
    return done;
  }

  private void make(Directory home) throws IOException {
    try {
      home.makeFolder(name);
    } catch (FileAlreadyExistsException justMade) {
      return;
    }
    try (var folder = home.folder(name)) {
      folder.mode(FOLDER_MODE);
    }
  }

  private SpawnRefused notAFolder() {
    return new SpawnRefused(
        "environment-folder",
        account.home()
            + "/"
            + name
            + " is a link or a file, and the environment's folder goes there.",
        "Rename or remove it, then start again. Homeport follows no links in a home.");
  }
}
