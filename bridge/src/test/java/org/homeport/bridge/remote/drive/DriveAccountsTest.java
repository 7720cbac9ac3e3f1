package org.homeport.bridge.remote.drive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.homeport.bridge.remote.drive.fake.Faults.every;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.homeport.bridge.remote.NeedsReconnect;
import org.homeport.bridge.remote.drive.fake.FakeDrive;
import org.homeport.bridge.remote.drive.fake.Fault;
import org.homeport.bridge.remote.drive.fake.Kind;
import org.homeport.bridge.token.Secret;
import org.homeport.spawn.identity.HubUser;
import org.homeport.spawn.refusal.SpawnRefused;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriveAccountsTest {
  private static final HubUser GRACE = HubUser.of("grace");
  private static final String EMAIL = "grace@example.org";
  private static final Secret SESSION = new Secret("session of grace");

  @TempDir Path folder;
  private DriveFixture fixture;
  private DriveAccounts accounts;

  @BeforeEach
  void open() throws IOException {
    fixture = new DriveFixture(folder);
    accounts = fixture.accounts;
  }

  @AfterEach
  void close() throws IOException {
    fixture.close();
  }

  @Test
  void aUserWhoConsentsIsConnected() {
    var connection = connect(GRACE, SESSION, EMAIL);
    assertThat(connection.email()).isEqualTo(EMAIL);
    assertThat(accounts.find(GRACE)).contains(connection);
    assertThat(fixture.open(GRACE).usage().used()).isZero();
  }

  @Test
  void theConsentIsAskedForAsGoogleWantsIt() {
    var asked = parameters(accounts.begin(GRACE, SESSION));
    assertThat(asked)
        .containsEntry("scope", "https://www.googleapis.com/auth/drive.file")
        .containsEntry("access_type", "offline")
        .containsEntry("prompt", "consent")
        .containsEntry("code_challenge_method", "S256")
        .containsEntry("redirect_uri", DriveFixture.REDIRECT.toString());
    assertThat(asked.get("state")).hasSizeGreaterThan(40);
    assertThat(asked.get("code_challenge")).hasSize(43);
  }

  @Test
  void googlesPageShowsAndSendsBack() throws Exception {
    fixture.drive.account(EMAIL);
    var url = accounts.begin(GRACE, SESSION);
    var http = HttpClient.newHttpClient();
    var page = http.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
    assertThat(page.body()).contains(EMAIL).contains("drive.file");
    var allow =
        HttpRequest.newBuilder(url)
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "allow=yes&account=" + EMAIL + "&scope=" + DriveAccounts.SCOPE))
            .build();
    var back = http.send(allow, BodyHandlers.ofString()).headers().firstValue("Location");
    assertThat(finish(GRACE, SESSION, URI.create(back.orElseThrow())).email()).isEqualTo(EMAIL);
  }

  @Test
  void aStateIsForOneUseByOneSessionOfOneUser() {
    var back = fixture.drive.allow(accounts.begin(GRACE, SESSION), EMAIL);
    assertRefused("unknown-consent", () -> finish(GRACE, new Secret("another session"), back));

    var again = fixture.drive.allow(accounts.begin(GRACE, SESSION), EMAIL);
    assertRefused("unknown-consent", () -> finish(DriveFixture.ADA, SESSION, again));

    var used = fixture.drive.allow(accounts.begin(GRACE, SESSION), EMAIL);
    finish(GRACE, SESSION, used);
    assertRefused("unknown-consent", () -> finish(GRACE, SESSION, used));
  }

  @Test
  void aConsentThatTookTooLongIsRefused() {
    var back = fixture.drive.allow(accounts.begin(GRACE, SESSION), EMAIL);
    fixture.clock.advance(Duration.ofMinutes(16));
    assertRefused("unknown-consent", () -> finish(GRACE, SESSION, back));
  }

  @Test
  void aCodeOfAnotherConsentIsRefused() {
    var mine = fixture.drive.allow(accounts.begin(GRACE, SESSION), EMAIL);
    var other = fixture.drive.allow(accounts.begin(GRACE, SESSION), "mallory@example.org");
    var state = new Secret(parameters(mine).get("state"));
    var code = new Secret(parameters(other).get("code"));
    assertRefused("bad-code", () -> accounts.finish(GRACE, SESSION, state, code));
  }

  @Test
  void aBoxThatWasUntickedIsNoticed() {
    var back = fixture.drive.allow(accounts.begin(GRACE, SESSION), EMAIL, "openid");
    assertRefused("scope-missing", () -> finish(GRACE, SESSION, back));
    assertThat(accounts.find(GRACE)).isEmpty();
  }

  @Test
  void anotherAccountDoesNotTakeTheFirstOnesPlace() {
    connect(GRACE, SESSION, EMAIL);
    var back = fixture.drive.allow(accounts.begin(GRACE, SESSION), "private@example.org");
    assertRefused("another-account", () -> finish(GRACE, SESSION, back));
    assertThat(accounts.find(GRACE).orElseThrow().email()).isEqualTo(EMAIL);
  }

  @Test
  void connectingAgainEndsTheNeedToReconnect() {
    connect(GRACE, SESSION, EMAIL);
    accounts.ended(GRACE, new NeedsReconnect("Ended.", null));
    assertThatThrownBy(() -> fixture.open(GRACE)).isInstanceOf(NeedsReconnect.class);
    connect(GRACE, SESSION, EMAIL);
    assertThat(accounts.find(GRACE).orElseThrow().ended()).isEmpty();
    fixture.open(GRACE).usage();
  }

  @Test
  void theGrantOfTheHubsSignInNeedsNoSecondConsent() {
    var grant = fixture.drive.account(EMAIL).refreshToken(FakeDrive.CLIENT_ID);
    assertThat(accounts.handOver(GRACE, new Secret(grant)).email()).isEqualTo(EMAIL);
  }

  @Test
  void aGrantOfAnotherApplicationConnectsNothing() {
    var strange = fixture.drive.account(EMAIL).refreshToken("another-client");
    assertRefused("bad-grant", () -> accounts.handOver(GRACE, new Secret(strange)));
  }

  @Test
  void aGrantThatIsHandedOverAgainAsksNothingOfGoogle() {
    var connection = connect(GRACE, SESSION, "grace@home.example");
    var grant = new Secret(fixture.drive.account(EMAIL).refreshToken(FakeDrive.CLIENT_ID));
    fixture.drive.faults().before(Kind.TOKEN, every(), Fault.reset());
    assertThat(accounts.handOver(GRACE, grant)).isEqualTo(connection);
  }

  @Test
  void aGrantThatIsHandedOverConnectsAgain() {
    connect(GRACE, SESSION, EMAIL);
    accounts.ended(GRACE, new NeedsReconnect("Ended.", null));
    var grant = new Secret(fixture.drive.account(EMAIL).refreshToken(FakeDrive.CLIENT_ID));
    assertThat(accounts.handOver(GRACE, grant).ended()).isEmpty();
  }

  @Test
  void disconnectingRevokesAndErases() {
    var grant = fixture.drive.account(EMAIL).refreshToken(FakeDrive.CLIENT_ID);
    accounts.handOver(GRACE, new Secret(grant));
    fixture.open(GRACE).top();
    assertThat(accounts.disconnect(GRACE)).isTrue();
    assertThat(fixture.drive.knowsRefreshToken(grant)).isFalse();
    assertThat(accounts.find(GRACE)).isEmpty();
    assertThat(accounts.disconnect(GRACE)).isTrue();
    for (var table : new String[] {"drive_accounts", "drive_tops", "drive_consents"}) {
      assertThat(rows(table)).as(table).isZero();
    }
  }

  @Test
  void disconnectingErasesThoughGoogleDoesNotAnswer() {
    connect(GRACE, SESSION, EMAIL);
    fixture.drive.faults().before(Kind.REVOKE, every(), Fault.reset());
    assertThat(accounts.disconnect(GRACE)).isFalse();
    assertThat(accounts.find(GRACE)).isEmpty();
  }

  @Test
  void noGrantIsOnTheDisk() throws IOException {
    var grant = fixture.drive.account(EMAIL).refreshToken(FakeDrive.CLIENT_ID);
    accounts.handOver(GRACE, new Secret(grant));
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) {
        assertThat(new String(Files.readAllBytes(file), ISO_8859_1)).doesNotContain(grant);
      }
    }
  }

  @Test
  void aLostKeyAsksToReconnect() {
    connect(GRACE, SESSION, EMAIL);
    fixture.database.write(
        handle -> handle.execute("UPDATE drive_accounts SET grant_sealed = ?", "A".repeat(40)));
    assertThatThrownBy(() -> fixture.open(GRACE))
        .isInstanceOf(NeedsReconnect.class)
        .hasMessageContaining("key");
  }

  private DriveConnection connect(HubUser user, Secret session, String email) {
    return finish(user, session, fixture.drive.allow(accounts.begin(user, session), email));
  }

  private DriveConnection finish(HubUser user, Secret session, URI back) {
    var answer = parameters(back);
    return accounts.finish(
        user, session, new Secret(answer.get("state")), new Secret(answer.get("code")));
  }

  private static void assertRefused(String code, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            SpawnRefused.class, refused -> assertThat(refused.code()).isEqualTo(code));
  }

  private long rows(String table) {
    return fixture.database.<Long>read(
        handle ->
            handle
                .select("SELECT count(*) FROM " + table + " WHERE " + key(table))
                .mapTo(Long.class)
                .one());
  }

  private static String key(String table) {
    return table.startsWith("backup_") ? "tree = 'home:grace'" : "user_name = 'grace'";
  }

  private static Map<String, String> parameters(URI uri) {
    return Stream.of(uri.getRawQuery().split("&"))
        .map(pair -> pair.split("=", 2))
        .collect(
            Collectors.toMap(
                pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
  }
}
