package org.homeport.bridge.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.database.OnBothDatabases;
import org.homeport.bridge.database.TestDatabase;
import org.homeport.spawn.identity.HubUser;
import org.homeport.spawn.identity.UidLedger;
import org.homeport.spawn.identity.UidLedgerContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnBothDatabases
class UidTableTest extends UidLedgerContract {
  @TempDir Path folder;

  private Database database;

  @BeforeEach
  void open() {
    database = TestDatabase.open(folder.resolve("homeport.db"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Override
  protected UidLedger ledger() {
    return new UidTable(database);
  }

  @Test
  void aUidIsRememberedAcrossRestarts() {
    ledger().claim(HubUser.of("ada"), 70000);

    close();
    open();

    assertThat(ledger().uidOf(HubUser.of("ada"))).hasValue(70000);
  }
}
