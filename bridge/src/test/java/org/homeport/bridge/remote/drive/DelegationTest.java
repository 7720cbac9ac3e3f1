package org.homeport.bridge.remote.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.database.TestDatabase;
import org.homeport.bridge.remote.RemoteRejected;
import org.homeport.bridge.remote.drive.fake.FakeDrive;
import org.homeport.bridge.remote.drive.fake.ServiceAccountKey;
import org.homeport.spawn.identity.HubUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A campus whose service account acts as everybody. */
class DelegationTest {
  private static final String ACCOUNT = "homeport@campus.iam.example";

  @TempDir Path folder;
  private final FakeDrive fake = FakeDrive.start();
  private Database database;
  private GoogleDrive drive;

  @BeforeEach
  void open() throws Exception {
    database = TestDatabase.open(folder.resolve("homeport.db"));
    var access = new DriveSettings.ServiceAccount(key(fake.url()), "{user}@campus.example");
    var settings = new DriveSettings(access, DriveRates.USUAL, Endpoints.at(fake.url()));
    drive =
        new GoogleDrive(settings, folder.resolve("key"), database, user -> {}, Clock.systemUTC());
  }

  @AfterEach
  void close() throws IOException {
    drive.close();
    database.close();
    fake.close();
  }

  @Test
  void everybodyIsConnectedWithoutConsent() {
    fake.delegate(ACCOUNT);
    fake.account("ada@campus.example").limit(1_000);
    assertThat(drive.accounts()).isEmpty();
    var remote = drive.remotes().open(HubUser.of("ada"));
    assertThat(remote.usage().limit()).hasValue(1_000);
  }

  @Test
  void aWorkspaceThatDidNotAllowItIsNamed() {
    var remote = drive.remotes().open(HubUser.of("ada"));
    assertThatThrownBy(remote::usage)
        .isInstanceOf(RemoteRejected.class)
        .hasMessageContaining("unauthorized_client")
        .hasMessageContaining("domain-wide delegation");
  }

  @Test
  void aUserWhomTheWorkspaceDoesNotKnowIsForTheAdministrator() throws IOException {
    fake.delegate(ACCOUNT);
    fake.stranger("eve@campus.example");
    var remote = drive.remotes().open(HubUser.of("eve"));
    assertThatThrownBy(remote::usage)
        .isInstanceOf(RemoteRejected.class)
        .hasMessageContaining("eve@campus.example")
        .hasMessageContaining("backup.drive.emails");
  }

  private Path key(URI google) throws IOException {
    return Files.writeString(folder.resolve("key.json"), ServiceAccountKey.of(ACCOUNT, google));
  }
}
