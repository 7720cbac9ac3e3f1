package org.homeport.bridge.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.database.OnBothDatabases;
import org.homeport.bridge.database.TestDatabase;
import org.homeport.spawn.home.EnvironmentLedger;
import org.homeport.spawn.home.EnvironmentLedgerContract;
import org.homeport.spawn.identity.HubUser;
import org.homeport.spawn.image.ImageName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnBothDatabases
class EnvironmentTableTest extends EnvironmentLedgerContract {
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
  protected EnvironmentLedger ledger() {
    return new EnvironmentTable(database);
  }

  @Test
  void aFolderIsRememberedAcrossRestarts() {
    ledger().claim(HubUser.of("ada"), ImageName.of("a/b:c"), "a-b-c");

    close();
    open();

    assertThat(ledger().foldersOf(HubUser.of("ada"))).containsEntry(ImageName.of("a/b:c"), "a-b-c");
  }
}
