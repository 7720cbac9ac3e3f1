package org.homeport.bridge.backup;

import java.util.HashMap;
import java.util.Map;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.index.EntryTable;
import org.homeport.bridge.index.IndexEntry;
import org.homeport.bridge.remote.Remotes;
import org.homeport.bridge.run.Leases.Lease;
import org.homeport.bridge.run.Run;
import org.homeport.bridge.run.RunProgress;
import org.homeport.bridge.run.Runs;
import org.homeport.spawn.identity.HubUser;
import org.homeport.spawn.refusal.SpawnRefused;

/** The story of a check that index, far end and home agree; changes none of them. */
public final class Verifications {
  private final BackupSettings settings;
  private final Remotes remotes;
  private final HomeAccess homes;
  private final Database database;
  private final Runs runs;

  public Verifications(
      BackupSettings settings, Remotes remotes, HomeAccess homes, Database database, Runs runs) {
    this.settings = settings;
    this.remotes = remotes;
    this.homes = homes;
    this.database = database;
    this.runs = runs;
  }

  /**
   * Begins a verification; returns at once.
   *
   * @throws SpawnRefused while a backup of the user is under way
   */
  public Run start(HubUser user, String startedBy, VerifySample sample) {
    var lease = begin(user, startedBy);
    return runs.start(lease.run(), () -> carryOut(lease, sample));
  }

  /** Verifies and returns when it is over. */
  public Run verify(HubUser user, String startedBy, VerifySample sample) {
    return carryOut(begin(user, startedBy), sample);
  }

  private Lease begin(HubUser user, String startedBy) {
    return runs.beginAlone(user, Run.Kind.VERIFICATION, startedBy)
        .orElseThrow(
            () ->
                new SpawnRefused(
                    "busy",
                    "A backup of " + user + " is under way.",
                    "Try again when it is over."));
  }

  private Run carryOut(Lease lease, VerifySample sample) {
    try (lease) {
      return runs.carryOut(
          lease.run(),
          progress -> {
            var user = lease.run().user();
            try (var remote = remotes.open(user)) {
              new VerifyRun(index(user), remote, sample, progress)
                  .carryOut(consumer -> BackupContext.everything(remote, settings, user, consumer));
            }
            noteUnsaved(user, progress);
          });
    }
  }

  private Map<String, IndexEntry> index(HubUser user) {
    var index = new HashMap<String, IndexEntry>();
    new EntryTable(database).each(user, entry -> index.put(entry.path(), entry));
    return index;
  }

  /** What changed at home since the last backup is no fault, but worth to know. */
  private void noteUnsaved(HubUser user, RunProgress progress) {
    var plan = new Comparison(database, homes.asUser(), settings).plan(user, homes.account(user));
    plan.files().stream()
        .filter(step -> step.isNewOrChanged())
        .forEach(step -> progress.note(step.now().path(), "changed since the last backup"));
    plan.gone().forEach(entry -> progress.note(entry.path(), "deleted since the last backup"));
  }
}
