package org.homeport.bridge.home;

import java.util.Optional;
import org.homeport.bridge.database.Database;
import org.homeport.spawn.identity.HubUser;
import org.homeport.spawn.seed.SeedLedger;
import org.homeport.spawn.seed.SeedManifest;
import org.jdbi.v3.core.Handle;

/** The tables {@code seeded_folders}, {@code seed_runs} and {@code seed_manifests}. */
public final class SeedTable implements SeedLedger {
  private final Database database;

  public SeedTable(Database database) {
    this.database = database;
  }

  @Override
  public Optional<String> applied(HubUser user, String folder) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT seed FROM seeded_folders f
                    WHERE user_name = :user AND folder = :folder AND NOT EXISTS (
                      SELECT 1 FROM seed_runs r
                      WHERE r.user_name = f.user_name AND r.folder = f.folder)
                    """)
                .bind("user", user.name())
                .bind("folder", folder)
                .mapTo(String.class)
                .findOne());
  }

  @Override
  public History history(HubUser user, String folder) {
    return database.read(
        handle -> {
          var last =
              handle
                  .createQuery(
                      """
                      SELECT json FROM seeded_folders JOIN seed_manifests ON digest = manifest
                      WHERE user_name = :user AND folder = :folder
                      """)
                  .bind("user", user.name())
                  .bind("folder", folder)
                  .mapTo(String.class)
                  .findOne();
          var unfinished =
              handle
                  .createQuery(
                      """
                      SELECT json FROM seed_runs JOIN seed_manifests ON digest = manifest
                      WHERE user_name = :user AND folder = :folder ORDER BY number
                      """)
                  .bind("user", user.name())
                  .bind("folder", folder)
                  .mapTo(String.class)
                  .map(SeedManifest::fromJson)
                  .list();
          return new History(
              last.map(SeedManifest::fromJson).orElse(SeedManifest.EMPTY), unfinished);
        });
  }

  @Override
  public void begin(HubUser user, String folder, SeedManifest seed) {
    database.write(
        handle -> {
          var manifest = keep(handle, seed);
          // A run that failed and comes again adds nothing that could be in the folder.
          return handle.execute(
              """
              INSERT INTO seed_runs (user_name, folder, number, manifest)
              SELECT ?, ?, COALESCE(MAX(number), 0) + 1, ? FROM seed_runs
              WHERE user_name = ? AND folder = ?
              HAVING COALESCE(SUM(CASE WHEN manifest = ? THEN 1 ELSE 0 END), 0) = 0
              """,
              user.name(),
              folder,
              manifest,
              user.name(),
              folder,
              manifest);
        });
  }

  @Override
  public void finish(HubUser user, String folder, String digest, SeedManifest seeded) {
    database.write(
        handle -> {
          var manifest = keep(handle, seeded);
          handle.execute(
              """
              INSERT INTO seeded_folders (user_name, folder, seed, manifest) VALUES (?, ?, ?, ?)
              ON CONFLICT (user_name, folder)
              DO UPDATE SET seed = excluded.seed, manifest = excluded.manifest
              """,
              user.name(),
              folder,
              digest,
              manifest);
          endRuns(handle, user, folder);
          return forgetUnusedManifests(handle);
        });
  }

  @Override
  public void forget(HubUser user, String folder) {
    database.write(
        handle -> {
          endRuns(handle, user, folder);
          handle.execute(
              "DELETE FROM seeded_folders WHERE user_name = ? AND folder = ?", user.name(), folder);
          return forgetUnusedManifests(handle);
        });
  }

  private static String keep(Handle handle, SeedManifest manifest) {
    var digest = manifest.digest();
    handle.execute(
        "INSERT INTO seed_manifests (digest, json) VALUES (?, ?) ON CONFLICT DO NOTHING",
        digest,
        manifest.toJson());
    return digest;
  }

  private static int endRuns(Handle handle, HubUser user, String folder) {
    return handle.execute(
        "DELETE FROM seed_runs WHERE user_name = ? AND folder = ?", user.name(), folder);
  }

  private static int forgetUnusedManifests(Handle handle) {
    return handle.execute(
        """
        DELETE FROM seed_manifests WHERE digest NOT IN (
          SELECT manifest FROM seeded_folders UNION SELECT manifest FROM seed_runs)
        """);
  }
}
