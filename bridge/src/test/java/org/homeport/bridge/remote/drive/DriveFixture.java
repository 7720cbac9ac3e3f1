package org.homeport.bridge.remote.drive;

import com.google.api.client.http.HttpTransport;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.database.TestDatabase;
import org.homeport.bridge.remote.Remote;
import org.homeport.bridge.remote.drive.fake.FakeAccount;
import org.homeport.bridge.remote.drive.fake.FakeDrive;
import org.homeport.bridge.remote.drive.fake.SimulatedClock;
import org.homeport.bridge.token.Secret;
import org.homeport.bridge.tree.TreeId;
import org.homeport.bridge.tree.TreeTable;
import org.homeport.spawn.identity.HubUser;

/** Homeport's side of Google Drive, put up against the fake one, with ada connected. */
public final class DriveFixture implements AutoCloseable {
  static final URI REDIRECT = URI.create("http://127.0.0.1:8787/drive/callback");
  static final HubUser ADA = HubUser.of("ada");
  static final String EMAIL = "ada@example.org";

  /** Faster than any test needs. */
  static final DriveRates UNLIMITED = new DriveRates(10_000, 100, 1_000_000);

  public final FakeDrive drive;
  final Database database;
  final DriveAccounts accounts;
  final SimulatedClock clock;
  private final HttpTransport transport = GoogleHttp.transport();
  private final DriveRates rates;
  private final Vault vault;
  private DriveRemotes remotes;
  private SearchLag lag;

  /** Without limits, and in a time that passes as soon as somebody waits for it. */
  public DriveFixture(Path folder) throws IOException {
    this(folder, UNLIMITED, new SimulatedClock(Instant.parse("2026-10-03T02:00:00Z")));
  }

  DriveFixture(Path folder, DriveRates rates, SimulatedClock clock) throws IOException {
    this.clock = clock;
    this.rates = rates;
    drive = FakeDrive.start(clock, 0);
    drive.register(REDIRECT.toString());
    database = TestDatabase.open(folder.resolve("homeport.db"));
    vault = Vault.open(folder.resolve("key"));
    accounts =
        new DriveAccounts(clients(), client(), REDIRECT, database, vault, this::forget, clock);
    restart();
    connect(ADA, EMAIL);
    drive.journal().clear();
  }

  /** Forgets everything that is not in the database, as a new process does. */
  public final void restart() {
    var paces = new DriveRates.Paces(rates, clock);
    lag = new SearchLag(clock, Duration.ofMinutes(2));
    remotes = new DriveRemotes(clients(), accounts, paces, database, vault, lag);
  }

  private void forget(HubUser user) {
    new TreeTable(database).forget(TreeId.home(user));
    lag.forget(user);
  }

  DriveClients clients() {
    return new DriveClients(transport, Endpoints.at(drive.url()));
  }

  static OAuthClient client() {
    return new OAuthClient(FakeDrive.CLIENT_ID, new Secret(FakeDrive.CLIENT_SECRET));
  }

  final void connect(HubUser user, String email) {
    drive.account(email);
    accounts.handOver(user, new Secret(drive.account(email).refreshToken(FakeDrive.CLIENT_ID)));
  }

  public FakeAccount ada() {
    return drive.account(EMAIL);
  }

  public Remote open() {
    return open(ADA);
  }

  Remote open(HubUser user) {
    return remotes.open(user);
  }

  @Override
  public void close() throws IOException {
    database.close();
    transport.shutdown();
    drive.close();
  }
}
