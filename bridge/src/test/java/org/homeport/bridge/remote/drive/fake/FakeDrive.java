package org.homeport.bridge.remote.drive.fake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.homeport.bridge.remote.drive.WaitingClock;

/**
 * Google Drive and Google's sign-in on the loopback interface, true to the wire: what it answers,
 * what it limits, how late it is, and every way in which it fails.
 */
public final class FakeDrive implements AutoCloseable {
  public static final String CLIENT_ID = "homeport.apps.example";
  public static final String CLIENT_SECRET = "not-so-secret";

  private final WaitingClock clock;
  private final Path folder;
  private final Tokens tokens;
  private final Limits limits;
  private final Faults faults = new Faults();
  private final Journal journal = new Journal();
  private final Map<Kind, Duration> latencies = new ConcurrentHashMap<>();
  private final Map<String, FakeAccount> accounts = new ConcurrentSkipListMap<>();
  private final DriveApi api;
  private final Uploads uploads;
  private final Consent consent;
  private final FakeServer server;

  private FakeDrive(WaitingClock clock, int port) throws IOException {
    this.clock = clock;
    this.folder = Files.createTempDirectory("fake-drive");
    this.tokens = new Tokens(clock);
    this.limits = new Limits(clock);
    this.api = new DriveApi(clock);
    this.uploads = new Uploads(clock, folder, journal);
    this.consent = new Consent(tokens);
    this.server = new FakeServer(port, this::answer);
  }

  public static FakeDrive start() {
    return start(WaitingClock.system(), 0);
  }

  /**
   * @param port 0 for any that is free
   */
  public static FakeDrive start(WaitingClock clock, int port) {
    try {
      return new FakeDrive(clock, port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  /** Listens with TLS as well, for programs that insist on it; returns the port. */
  public int listenWithTls(Path keyStore) {
    return server.listenWithTls(keyStore);
  }

  /** The account of that address; made when it is new. */
  public FakeAccount account(String email) {
    return accounts.computeIfAbsent(
        email, any -> new FakeAccount(email, new Corpus(email, clock), folder, tokens));
  }

  /** Registers Homeport as an application that may send its users back to these addresses. */
  public void register(String... redirectUris) {
    register(CLIENT_ID, CLIENT_SECRET, redirectUris);
  }

  public void register(String clientId, String secret, String... redirectUris) {
    tokens.register(new Tokens.Client(clientId, secret, Set.of(redirectUris)));
  }

  /** Lets a service account act as every user, as the administrator of a Workspace can. */
  public void delegate(String serviceAccount) {
    tokens.delegate(serviceAccount);
  }

  /** An address that the Workspace of the service accounts does not have. */
  public void stranger(String email) {
    tokens.stranger(email);
  }

  /** A user follows the consent URL and allows everything; the address they are sent back to. */
  public URI allow(URI consentUrl, String email) {
    return allow(consentUrl, email, Call.form(consentUrl.getRawQuery()).get("scope"));
  }

  /** The same, with boxes unticked on the way. */
  public URI allow(URI consentUrl, String email, String scope) {
    account(email);
    return URI.create(consent.allow(Call.form(consentUrl.getRawQuery()), email, scope));
  }

  public boolean knowsRefreshToken(String token) {
    return tokens.knows(token);
  }

  /** Lets all access tokens run out now; refresh tokens stay. */
  public void expireAccessTokens() {
    tokens.expireAccess();
  }

  /** Ends all resumable uploads, as a week does. */
  public void expireUploads() {
    uploads.expire();
  }

  /** Sets how long the calls of a kind take. */
  public FakeDrive latency(Kind kind, Duration latency) {
    latencies.put(kind, latency);
    return this;
  }

  /** Sets by how much lists and searches are behind the truth. */
  public FakeDrive lag(Duration lag) {
    api.lag = lag;
    return this;
  }

  /** Sets whether each page of a list is preceded by an empty one. */
  public FakeDrive emptyPages(boolean empty) {
    api.emptyPages = empty;
    return this;
  }

  public Limits limits() {
    return limits;
  }

  public Faults faults() {
    return faults;
  }

  public Journal journal() {
    return journal;
  }

  private Answer answer(Call call) throws IOException {
    try {
      var path = call.path();
      return switch (path.isEmpty() ? "" : path.get(0)) {
        case "" -> DrivePage.of(accounts.values());
        case "page" -> page(call, path);
        case "journal" -> journal(call);
        case "batch" -> {
          // What comes in a batch is done at once, so the batch takes as long as one of its calls.
          delay(Kind.CREATE);
          yield Batch.run(call, this::inBatch);
        }
        default -> {
          var operation = route(call, path);
          yield carryOut(operation, () -> delay(operation.kind()));
        }
      };
    } catch (DriveProblem e) {
      return e.answer();
    }
  }

  private Answer inBatch(Call call) {
    try {
      return carryOut(route(call, call.path()), () -> {});
    } catch (DriveProblem e) {
      return e.answer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Operation route(Call call, List<String> path) throws IOException {
    return switch (path.get(0)) {
      case "drive" -> api.route(call, session(call), path.subList(2, path.size()));
      case "download" -> api.route(call, session(call), path.subList(3, path.size()));
      case "upload" ->
          call.method().equals("PUT")
              ? uploads.resume(call)
              : uploads.route(call, session(call), url().toString());
      case "o" -> new Operation(Kind.CONSENT, "", fate -> consent(call));
      case "token" -> new Operation(Kind.TOKEN, "", fate -> tokens.token(Call.form(call.text())));
      case "revoke" -> {
        var form = Call.form(call.text());
        var token = form.containsKey("token") ? form : call.params();
        yield new Operation(Kind.REVOKE, "", fate -> tokens.revoke(token));
      }
      default -> throw new DriveProblem(404, "notFound", "Nothing at " + call.target());
    };
  }

  /** Counts, limits, delays and fails a call in the order in which Drive would. */
  private Answer carryOut(Operation operation, Runnable delay) throws IOException {
    var status = 0;
    try {
      limits.take(operation.account(), operation.kind());
      var fate = faults.next(operation.kind());
      delay.run();
      var answer =
          fate.before().isPresent() ? fail(fate.before().get()) : operation.deed().run(fate);
      answer = fate.after().isPresent() ? fail(fate.after().get()) : answer;
      status = answer.status();
      return answer;
    } catch (DriveProblem e) {
      var answer = e.answer();
      status = answer.status();
      return answer;
    } finally {
      journal.add(
          new Journal.Entry(clock.instant(), operation.kind(), operation.account(), status));
    }
  }

  private void delay(Kind kind) {
    clock.await(latencies.getOrDefault(kind, Duration.ZERO));
  }

  private static Answer fail(Fault fault) {
    if (fault instanceof Fault.Status status) {
      return DriveProblem.of(status.status()).answer().with(status.headers());
    }
    if (fault instanceof Fault.Problem problem) {
      return new DriveProblem(problem.status(), problem.reason(), problem.reason()).answer();
    }
    if (fault instanceof Fault.Event event) {
      event.event().run();
    }
    throw new Disconnected();
  }

  private Session session(Call call) {
    var grant = tokens.grant(call.header("authorization").replaceFirst("^Bearer ", ""));
    return new Session(grant, account(grant.account()).corpus);
  }

  private Answer consent(Call call) throws IOException {
    return call.method().equals("POST") ? consent.decide(call) : consent.page(call, names());
  }

  /** The calls so far, by kind; a DELETE forgets them. */
  private Answer journal(Call call) {
    var counts = Call.JSON.createObjectNode();
    counts.put("queries", journal.queries()).put("refused", journal.refused());
    for (var kind : Kind.values()) {
      counts.put(kind.name(), journal.count(kind));
    }
    if (call.method().equals("DELETE")) {
      journal.clear();
    }
    return Answer.ok(counts);
  }

  private Collection<String> names() {
    return accounts.keySet();
  }

  private Answer page(Call call, List<String> path) throws IOException {
    var file = account(path.get(1)).corpus.get(path.get(2), "");
    if (call.method().equals("GET")) {
      var blob = file.current().blob;
      return new Answer(
          200, Map.of("Content-Type", "application/octet-stream"), blob.open(0), blob.size());
    }
    var trash = call.text().equals("do=trash");
    var change = Call.JSON.createObjectNode().put("trashed", trash);
    account(path.get(1)).corpus.update(file, change, "", null, false);
    return Answer.redirect("/");
  }

  @Override
  public void close() {
    server.close();
    try (var blobs = Files.list(folder)) {
      for (var blob : blobs.toList()) {
        Files.delete(blob);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
