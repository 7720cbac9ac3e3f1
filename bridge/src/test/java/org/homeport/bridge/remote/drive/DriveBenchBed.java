package org.homeport.bridge.remote.drive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.homeport.bridge.backup.BackupSettings;
import org.homeport.bridge.backup.Backups;
import org.homeport.bridge.backup.Backups.Request;
import org.homeport.bridge.backup.TestHome;
import org.homeport.bridge.backup.Verdicts;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.remote.Remote;
import org.homeport.bridge.remote.RetryingRemote;
import org.homeport.bridge.remote.RetryingRemote.Patience;
import org.homeport.bridge.run.Leases;
import org.homeport.bridge.run.Run;
import org.homeport.bridge.run.RunListener;
import org.homeport.bridge.run.Runs;
import org.homeport.bridge.token.Secret;
import org.homeport.bridge.tree.TreeId;
import org.homeport.bridge.tree.Trees;
import org.homeport.spawn.home.HomeFiles;
import org.homeport.spawn.identity.Account;
import org.homeport.spawn.identity.Accounts;
import org.homeport.spawn.identity.AsUser;
import org.homeport.spawn.identity.HubUser;

/** Homes, a database and the backups of every day, before a fake Drive in another process. */
final class DriveBenchBed implements AutoCloseable {
  /** The address to which the fake Drive sends users back; it must know it. */
  private static final URI REDIRECT = URI.create("http://127.0.0.1:8787/callback");

  private static final int HOMES_AT_ONCE = 100;
  private static final Secret SESSION = new Secret("bench");

  private final URI drive;
  private final Path folder;
  private final Map<HubUser, TestHome> homes = new ConcurrentHashMap<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Database database;
  private final Leases leases;
  private final DriveAccounts accounts;
  private final DriveRemotes remotes;
  private final Backups backups;

  DriveBenchBed(URI drive, Path folder, DriveRates rates) throws IOException {
    this.drive = drive;
    this.folder = folder;
    var clock = Clock.systemUTC();
    var waiting = WaitingClock.system();
    var vault = Vault.open(folder.resolve("key"));
    var clients = new DriveClients(GoogleHttp.transport(), Endpoints.at(drive));
    database = Database.open("jdbc:sqlite:" + folder.resolve("homeport.db"));
    leases = new Leases(database, clock, Leases.TERM);
    accounts =
        new DriveAccounts(
            clients, DriveFixture.client(), REDIRECT, database, vault, user -> {}, clock);
    var paces = new DriveRates.Paces(rates, waiting);
    var lag = new SearchLag(waiting, Duration.ZERO);
    remotes = new DriveRemotes(clients, accounts, paces, database, vault, lag);
    backups =
        new Backups(
            BackupSettings.DEFAULTS,
            this::remote,
            new Trees(owners(), new HomeFiles(new AsUser())),
            database,
            new Runs(database, leases, Runnable::run, Verdicts::of, RunListener.NOBODY, clock),
            clock);
  }

  /** The home of a user; made when it is new. */
  TestHome home(HubUser user) {
    return homes.computeIfAbsent(user, any -> new TestHome(folder, user.name()));
  }

  /** The user consents in the pretended Google's page. */
  void connect(HubUser user) {
    var form = "allow=yes&account=" + user + "@example.org&scope=" + DriveAccounts.SCOPE;
    var page =
        HttpRequest.newBuilder(accounts.begin(user, SESSION)).POST(BodyPublishers.ofString(form));
    var back = URI.create(send(page).headers().firstValue("Location").orElseThrow());
    var answer = parameters(back);
    accounts.finish(user, SESSION, new Secret(answer.get("state")), new Secret(answer.get("code")));
  }

  /** The fake Drive counts from here. */
  void forgetCalls() {
    send(HttpRequest.newBuilder(drive.resolve("/journal")).DELETE());
  }

  Remote remote(HubUser user) {
    return new RetryingRemote(remotes.open(user), Patience.USUAL);
  }

  void backUp(HubUser user) {
    var run = backups.backUp(TreeId.home(user), new Request("bench", false)).orElseThrow();
    if (run.status() != Run.Status.DONE) {
      throw new IllegalStateException("The backup of " + user + " ended so: " + run);
    }
  }

  void backUp(List<HubUser> users) {
    var threads = Executors.newFixedThreadPool(HOMES_AT_ONCE);
    var runs = users.stream().map(user -> threads.submit(() -> backUp(user))).toList();
    threads.shutdown();
    try {
      for (var run : runs) {
        run.get();
      }
      threads.awaitTermination(1, TimeUnit.MINUTES);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    leases.close();
    database.close();
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Accounts owners() {
    return new Accounts() {
      @Override
      public Account of(HubUser user) {
        return home(user).account();
      }

      @Override
      public Optional<Account> find(HubUser user) {
        return Optional.of(of(user));
      }
    };
  }

  static Map<String, String> parameters(URI uri) {
    return Stream.of(uri.getRawQuery().split("&"))
        .map(pair -> pair.split("=", 2))
        .collect(
            Collectors.toMap(
                pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
  }
}
