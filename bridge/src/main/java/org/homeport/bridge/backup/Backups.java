package org.homeport.bridge.backup;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.homeport.bridge.backup.Leases.Lease;
import org.homeport.bridge.database.Database;
import org.homeport.spawn.identity.Account;
import org.homeport.spawn.identity.Accounts;
import org.homeport.spawn.identity.AsUser;
import org.homeport.spawn.identity.HubUser;
import org.homeport.spawn.refusal.SpawnRefused;

/** The story of the users' backups: one at a time for each user, however many ask for it. */
public final class Backups {
  private final BackupSettings settings;
  private final Remotes remotes;
  private final Accounts accounts;
  private final AsUser asUser;
  private final Database database;
  private final Runs runs;
  private final Leases leases;
  private final Executor threads;
  private final Clock clock;

  /**
   * What is asked for.
   *
   * @param startedBy {@code nightly}, {@code stop}, or who asks
   * @param consent whether any number of files may go to the trash at the far end
   */
  public record Request(String startedBy, boolean consent) {}

  /** What a backup would do now. */
  public record Preview(
      long files, long bytes, long toRead, long toReadBytes, long removals, List<Skipped> skipped) {
    public Preview {
      skipped = List.copyOf(skipped);
    }
  }

  public Backups(
      BackupSettings settings,
      Remotes remotes,
      Accounts accounts,
      AsUser asUser,
      Database database,
      Runs runs,
      Leases leases,
      Executor threads,
      Clock clock) {
    this.settings = settings;
    this.remotes = remotes;
    this.accounts = accounts;
    this.asUser = asUser;
    this.database = database;
    this.runs = runs;
    this.leases = leases;
    this.threads = threads;
    this.clock = clock;
  }

  /** Begins a backup, or joins the one under way; returns at once. */
  public Run start(HubUser user, Request request) {
    while (true) {
      var lease = begin(user, request);
      if (lease.isPresent()) {
        threads.execute(() -> carryOut(lease.get(), request));
        return lease.get().run();
      }
      var current = underWay(user);
      if (current.isPresent()) {
        return current.get();
      }
    }
  }

  /** Makes a backup and returns when it is over; empty when one is under way already. */
  public Optional<Run> backUp(HubUser user, Request request) {
    return begin(user, request).map(lease -> carryOut(lease, request));
  }

  /** The backup that is under way, here or in another bridge. */
  public Optional<Run> underWay(HubUser user) {
    return database
        .read(handle -> leases.heldBy(handle, user))
        .flatMap(number -> runs.find(user, number));
  }

  /** What a backup would do now; changes nothing and asks the far end nothing. */
  public Preview preview(HubUser user) {
    var plan = new Comparison(database, asUser, settings.ignoreInode()).plan(user, account(user));
    return new Preview(
        plan.knownFiles(),
        plan.knownBytes(),
        plan.files().size(),
        plan.files().stream().mapToLong(step -> step.now().attributes().size()).sum(),
        plan.gone().size() + plan.replaced().size(),
        plan.skipped());
  }

  private Optional<Lease> begin(HubUser user, Request request) {
    var lease =
        leases.take(user, handle -> runs.begin(handle, user, Run.Kind.BACKUP, request.startedBy()));
    lease.ifPresent(taken -> runs.watch(taken.run()));
    return lease;
  }

  private Run carryOut(Lease lease, Request request) {
    try (lease) {
      return runs.carryOut(lease.run(), progress -> backUp(lease, progress, request.consent()));
    }
  }

  private void backUp(Lease lease, RunProgress progress, boolean consent) {
    var user = lease.run().user();
    var account = account(user);
    try (var remote = remotes.open(user)) {
      var context =
          new BackupContext(
              user, account, asUser, remote, database, settings, clock, lease, progress);
      new BackupRun(context).carryOut(consent);
    }
  }

  private Account account(HubUser user) {
    return accounts
        .find(user)
        .orElseThrow(
            () ->
                new SpawnRefused(
                    "unknown-user",
                    "There is no account for " + user + ".",
                    "Check the name; homes are made at the first start of a server."));
  }
}
