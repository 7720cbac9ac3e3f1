package org.homeport.bridge.remote.drive;

import com.google.api.client.http.HttpTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.remote.Remotes;
import org.homeport.bridge.token.Secret;
import org.homeport.spawn.identity.HubUser;

/** The users' Google Drives: how they are connected, and the backups in them. */
public final class GoogleDrive implements AutoCloseable {
  private final HttpTransport transport = GoogleHttp.transport();
  private final Optional<DriveAccounts> accounts;
  private final DriveRemotes remotes;

  /**
   * Asks nothing of Google yet.
   *
   * @param keyFile seals what opens the Drives; made when it is missing
   * @param forget told of users who gave up their Drive
   */
  public GoogleDrive(
      DriveSettings settings,
      Path keyFile,
      Database database,
      Consumer<HubUser> forget,
      Clock clock) {
    var clients = new DriveClients(transport, settings.google());
    try {
      var vault = Vault.open(keyFile);
      var waiting = WaitingClock.system();
      var lag = new SearchLag(waiting, settings.google().searchLag());
      DriveGrants grants;
      if (settings.access() instanceof DriveSettings.Consent consent) {
        var client = new OAuthClient(consent.clientId(), secret(consent.secretFile()));
        var connected =
            new DriveAccounts(
                clients,
                client,
                consent.redirect(),
                database,
                vault,
                forget.andThen(lag::forget),
                clock);
        accounts = Optional.of(connected);
        grants = connected;
      } else {
        accounts = Optional.empty();
        grants = new Delegation((DriveSettings.ServiceAccount) settings.access(), transport);
      }
      var paces = new DriveRates.Paces(settings.rates(), waiting);
      remotes = new DriveRemotes(clients, grants, paces, database, vault, lag);
    } catch (IOException e) {
      throw new UncheckedIOException("Google Drive is not set up: " + e.getMessage(), e);
    }
  }

  /** The accounts that users connect; empty where a service account acts for all. */
  public Optional<DriveAccounts> accounts() {
    return accounts;
  }

  /** Tells whether the user has an account, though Google may have ended the access to it. */
  public boolean isConnected(HubUser user) {
    return accounts.isEmpty() || accounts.get().find(user).isPresent();
  }

  public Remotes remotes() {
    return remotes;
  }

  @Override
  public void close() throws IOException {
    transport.shutdown();
  }

  private static Secret secret(Path file) throws IOException {
    var text = Files.readString(file).strip();
    if (text.isEmpty()) {
      throw new IOException("the file " + file + " with the client's secret is empty");
    }
    return new Secret(text);
  }
}
