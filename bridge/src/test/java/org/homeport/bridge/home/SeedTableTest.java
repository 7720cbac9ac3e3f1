package org.homeport.bridge.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.database.OnBothDatabases;
import org.homeport.bridge.database.TestDatabase;
import org.homeport.spawn.files.RawPath;
import org.homeport.spawn.identity.HubUser;
import org.homeport.spawn.seed.SeedEntry;
import org.homeport.spawn.seed.SeedLedger;
import org.homeport.spawn.seed.SeedLedgerContract;
import org.homeport.spawn.seed.SeedManifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnBothDatabases
class SeedTableTest extends SeedLedgerContract {
  private static final HubUser ADA = HubUser.of("ada");
  private static final HubUser BOB = HubUser.of("bob");

  @TempDir Path folder;

  private Database database;

  @BeforeEach
  void openDatabase() {
    database = TestDatabase.open(folder.resolve("homeport.db"));
  }

  @AfterEach
  void closeDatabase() {
    database.close();
  }

  @Override
  protected SeedLedger ledger() {
    return new SeedTable(database);
  }

  @Test
  void aManifestIsKeptOnceForAllWhoShareIt() {
    ledger().finish(ADA, "a", "digest", seed("shared"));
    ledger().finish(BOB, "a", "digest", seed("shared"));

    assertThat(manifests()).isEqualTo(1);
  }

  @Test
  void aManifestThatNobodyNeedsIsForgotten() {
    ledger().finish(ADA, "a", "digest", seed("old"));
    ledger().begin(ADA, "a", seed("new"));
    ledger().finish(ADA, "a", "digest", seed("new"));
    ledger().forget(BOB, "a");

    assertThat(manifests()).isEqualTo(1);
  }

  @Test
  void aRunThatKeepsFailingIsRememberedOnce() {
    ledger().begin(ADA, "a", seed("one"));
    ledger().begin(ADA, "a", seed("one"));

    assertThat(ledger().history(ADA, "a").unfinished()).containsExactly(seed("one"));
  }

  private int manifests() {
    return database.read(
        handle ->
            handle.createQuery("SELECT COUNT(*) FROM seed_manifests").mapTo(Integer.class).one());
  }

  private static SeedManifest seed(String name) {
    return new SeedManifest(Map.of(RawPath.of(name), new SeedEntry.Folder(0755, 0)));
  }
}
