package org.homeport.bridge.backup.drive;

import com.google.api.client.http.HttpTransport;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import org.homeport.bridge.backup.BackupRemote;
import org.homeport.bridge.backup.drive.fake.FakeAccount;
import org.homeport.bridge.backup.drive.fake.FakeDrive;
import org.homeport.bridge.database.Database;
import org.homeport.spawn.identity.HubUser;

/** Homeport's side of Google Drive, put up against the fake one, with ada connected. */
public final class DriveFixture implements AutoCloseable {
  static final URI REDIRECT = URI.create("http://127.0.0.1:8787/drive/callback");
  static final HubUser ADA = HubUser.of("ada");
  static final String EMAIL = "ada@example.org";

  /** Faster than any test needs. */
  private static final DriveRates UNLIMITED = new DriveRates(10_000, 100, 1_000_000);

  public final FakeDrive drive;
  final Database database;
  final DriveAccounts accounts;
  private final Path folder;
  private final HttpTransport transport = GoogleHttp.transport();
  private DriveRemotes remotes;

  public DriveFixture(Path folder) throws IOException {
    this(folder, FakeDrive.start(), UNLIMITED, WaitingClock.system());
  }

  DriveFixture(Path folder, FakeDrive drive, DriveRates rates, WaitingClock clock)
      throws IOException {
    this.folder = folder;
    this.drive = drive;
    drive.register(REDIRECT.toString());
    database = Database.open("jdbc:sqlite:" + folder.resolve("homeport.db"));
    var vault = Vault.open(folder.resolve("key"));
    var clients = new DriveClients(transport, Endpoints.at(drive.url()));
    accounts = new DriveAccounts(clients, client(), REDIRECT, database, vault, Clock.systemUTC());
    remotes = remotes(clients, rates, clock, vault);
    connect(ADA, EMAIL);
    drive.journal().clear();
  }

  static OAuthClient client() {
    return new OAuthClient(FakeDrive.CLIENT_ID, new Secret(FakeDrive.CLIENT_SECRET));
  }

  private DriveRemotes remotes(
      DriveClients clients, DriveRates rates, WaitingClock clock, Vault vault) {
    return new DriveRemotes(clients, accounts, new DriveRates.Paces(rates, clock), database, vault);
  }

  final void connect(HubUser user, String email) {
    drive.account(email);
    accounts.handOver(user, new Secret(drive.account(email).refreshToken(FakeDrive.CLIENT_ID)));
  }

  public FakeAccount ada() {
    return drive.account(EMAIL);
  }

  public BackupRemote open() {
    return open(ADA);
  }

  BackupRemote open(HubUser user) {
    return remotes.open(user);
  }

  @Override
  public void close() throws IOException {
    database.close();
    transport.shutdown();
    drive.close();
  }
}
