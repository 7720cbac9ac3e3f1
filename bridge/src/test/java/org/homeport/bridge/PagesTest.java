package org.homeport.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.bridge.pages.PretendedHub.ACCESS;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.homeport.bridge.RunningBridge.Answer;
import org.homeport.bridge.backup.Verdicts;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.home.UidTable;
import org.homeport.bridge.pages.PretendedHub;
import org.homeport.bridge.run.Leases;
import org.homeport.bridge.run.Run;
import org.homeport.bridge.run.RunListener;
import org.homeport.bridge.run.Runs;
import org.homeport.bridge.tree.TreeId;
import org.homeport.spawn.identity.HubUser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages: rights, forms, and hostile names. */
class PagesTest {
  private static final String PAGES = "/services/homeport/";
  private static final String HOSTILE = "<img src=x onerror=alert(1)>&\"'.txt";
  private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");

  @TempDir static Path folder;
  private static final PretendedHub hub = new PretendedHub();
  private static RunningBridge bridge;

  /** A browser: keeps cookies and follows nothing. */
  private static final class Browser {
    private final Map<String, String> cookies = new LinkedHashMap<>();

    Answer get(String path) {
      return send(bridge.request(path).GET());
    }

    Answer post(String path, String form) {
      return send(
          bridge
              .request(path)
              .setHeader("Content-Type", "application/x-www-form-urlencoded")
              .POST(BodyPublishers.ofString(form)));
    }

    /** Goes to the hub and comes back as somebody. */
    Answer signIn(String name) {
      var there = get(PAGES).header("Location");
      var state = there.replaceAll(".*state=([^&]+).*", "$1");
      return get(PAGES + "oauth_callback?state=" + state + "&code=" + encoded(name));
    }

    /** The word of a page's forms, which has none while a run is under way. */
    String csrf(String path) {
      return Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> CSRF.matcher(get(path).response().body()), Matcher::find)
          .group(1);
    }

    private Answer send(HttpRequest.Builder request) {
      var all =
          cookies.entrySet().stream()
              .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
              .collect(Collectors.joining("; "));
      var answer = bridge.send(request.setHeader("Cookie", all).setHeader("Authorization", "no"));
      for (var cookie : answer.response().headers().allValues("Set-Cookie")) {
        var pair = cookie.split(";")[0].split("=", 2);
        cookies.put(pair[0], pair[1]);
      }
      return answer;
    }
  }

  @BeforeAll
  static void start() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(folder.resolve("hub.token"), PretendedHub.SECRET + "\n");
    bridge =
        RunningBridge.in(
            folder,
            "backup: {remote: 'folder:FOLDER/saved', nightly: 02:00-03:00}",
            "hub: {api: '%s', token-file: FOLDER/hub.token}".formatted(hub.api()));
    hub.knows("ada", ACCESS);
    hub.knows("chief", ACCESS, "custom:homeport:admin");
    writeHome("ada", HOSTILE);
    writeHome("ada", "notes.txt");
  }

  @AfterAll
  static void stop() {
    bridge.close();
    hub.close();
  }

  @Test
  void whoAsksOnAPageIsWrittenDown() throws IOException {
    var browser = new Browser();
    browser.signIn("chief");
    browser.get(PAGES + "users/ada/download");

    var log = folder.resolve("state/audit.log");
    Awaitility.await()
        .until(
            () ->
                Files.exists(log)
                    && Files.readString(log)
                        .contains(
                            "\"who\":\"chief\",\"method\":\"GET\","
                                + "\"path\":\"/services/homeport/users/ada/download\","
                                + "\"user\":\"ada\",\"status\":200"));
    assertThat(Files.readString(log)).doesNotContain("state=").doesNotContain("code=");
  }

  @Test
  void whyADownloadIsRefusedIsAPageAndNoFile() {
    var page = signedIn("ada").get(PAGES + "users/ada").response().body();
    assertThat(page).containsPattern("<a [^>]*/users/ada/download\">");
  }

  @Test
  void aStrangerIsSentToTheHubAndBackToThePage() {
    var browser = new Browser();
    var sent = browser.get(PAGES + "users/ada/files?path=course");
    assertThat(sent.status()).isEqualTo(303);
    assertThat(sent.header("Location"))
        .startsWith("/hub/api/oauth2/authorize?client_id=service-homeport&")
        .contains("redirect_uri=%2Fservices%2Fhomeport%2Foauth_callback");
    var state = sent.header("Location").replaceAll(".*state=([^&]+).*", "$1");
    var back = browser.get(PAGES + "oauth_callback?code=ada&state=" + state);
    assertThat(back.header("Location")).isEqualTo(PAGES + "users/ada/files?path=course");
    assertThat(back.response().headers().allValues("Set-Cookie"))
        .anySatisfy(
            cookie ->
                assertThat(cookie)
                    .startsWith("homeport-session=")
                    .contains("HttpOnly", "SameSite=Lax", "Path=" + PAGES));
    assertThat(browser.get(PAGES + "oauth_callback?code=ada&state=" + state).status())
        .as("a state serves once")
        .isEqualTo(403);
  }

  @Test
  void aSignInThatAnotherBrowserBeganIsRefused() {
    var state = new Browser().get(PAGES).header("Location").replaceAll(".*state=([^&]+).*", "$1");
    var other = new Browser();
    other.get(PAGES);
    assertThat(other.get(PAGES + "oauth_callback?code=ada&state=" + state).status()).isEqualTo(403);
    assertThat(other.get(PAGES).status()).isEqualTo(303);
  }

  @Test
  void whoMayNotSeeTheServiceIsNotLetIn() {
    hub.knows("guest", "access:services!service=other");
    assertThat(new Browser().signIn("guest").status()).isEqualTo(403);
    assertThat(new Browser().signIn("nobody").status()).isEqualTo(403);
  }

  @Test
  void aHomeIsSeenByItsUserAndByAdministrators() {
    hub.knows("bob", ACCESS);
    assertThat(signedIn("ada").get(PAGES + "users/ada").status()).isEqualTo(200);
    assertThat(signedIn("chief").get(PAGES + "users/ada").status()).isEqualTo(200);
    var bob = signedIn("bob");
    for (var page : new String[] {"", "/progress", "/files", "/versions?path=x", "/download"}) {
      assertThat(bob.get(PAGES + "users/ada" + page).status()).as(page).isEqualTo(403);
    }
    assertThat(
            bob.post(PAGES + "users/ada/backups", "csrf=" + bob.csrf(PAGES + "users/bob")).status())
        .isEqualTo(403);
  }

  @Test
  void administrationIsForAdministrators() {
    hub.knows("una", ACCESS);
    var una = signedIn("una");
    var csrf = "csrf=" + una.csrf(PAGES + "users/una");
    for (var page : List.of("", "/environments", "/homes")) {
      assertThat(una.get(PAGES + "admin" + page).status()).as(page).isEqualTo(403);
      assertThat(new Browser().get(PAGES + "admin" + page).status()).as(page).isEqualTo(303);
    }
    for (var form :
        List.of(
            "servers/ada/stop", "servers/ada/forget", "environments/pull", "environments/remove")) {
      assertThat(una.post(PAGES + "admin/" + form, csrf).status()).as(form).isEqualTo(403);
    }
    assertThat(una.post(PAGES + "users/ada/backups", csrf).status()).isEqualTo(403);
  }

  @Test
  void anAdministratorSeesAllHomesAndSavesOne() {
    var chief = signedIn("chief");
    save("ada");
    var homes = chief.get(PAGES + "admin/homes?find=AD&show=all&sort=size&late=x&page=99");
    assertThat(homes.status()).isEqualTo(200);
    assertThat(homes.response().body())
        .contains(">ada</a>", "1 of ", "aria-sort=\"descending\"")
        .doesNotContainPattern("<script(?! src=)|<style| style=| on[a-z]+=\"");
    assertThat(homes.response().body()).contains("action=\"" + PAGES + "users/ada/backups\"");
    var csrf = "csrf=" + chief.csrf(PAGES + "admin/homes");
    assertThat(chief.post(PAGES + "users/ada/backups", csrf).status()).isEqualTo(303);
    assertThat(bridge.get("/api/v1/users/ada/backups").response().body()).contains("\"chief\"");
  }

  @Test
  void withoutAnEngineTheServersPageSaysSo() {
    var page = signedIn("chief").get(PAGES + "admin");
    assertThat(page.status()).isEqualTo(503);
    assertThat(page.response().body()).contains("The container engine does not answer");
  }

  @Test
  void aFormThatDoesNotKnowTheSessionsWordChangesNothing() {
    hub.knows("eve", ACCESS);
    var eve = signedIn("eve");
    var ofAnother = signedIn("ada").csrf(PAGES + "users/ada");
    for (var form : new String[] {"", "csrf=", "csrf=" + ofAnother}) {
      assertThat(eve.post(PAGES + "users/eve/backups", form).status()).as(form).isEqualTo(403);
    }
    assertThat(bridge.get("/api/v1/users/eve/backups").json().path("items")).isEmpty();
  }

  @Test
  void aRestoreUnderWayLeavesTheSaveButton() {
    hub.knows("dan", ACCESS);
    begin("dan", Run.Kind.RESTORE);
    assertThat(signedIn("dan").get(PAGES + "users/dan").response().body())
        .contains("Restoring files")
        .contains("id=\"save\"");
    begin("dan", Run.Kind.BACKUP);
    assertThat(signedIn("dan").get(PAGES + "users/dan").response().body())
        .doesNotContain("id=\"save\"");
  }

  /** A run that goes on elsewhere, in a bridge that is never heard of again. */
  private static void begin(String user, Run.Kind kind) {
    var clock = Clock.systemUTC();
    try (var database = Database.open(Settings.read(bridge.config()).database())) {
      var leases = new Leases(database, clock, Duration.ofHours(1));
      var runs = new Runs(database, leases, Runnable::run, Verdicts::of, RunListener.NOBODY, clock);
      var home = TreeId.home(HubUser.of(user));
      if (kind == Run.Kind.RESTORE) {
        runs.beginRestore(home, user);
      } else {
        runs.beginAlone(home, kind, user).orElseThrow();
      }
    }
  }

  @Test
  void aFormOfManyPartsIsRefusedBeforeItIsRead() {
    var ada = signedIn("ada");
    var form =
        bridge
            .request(PAGES + "users/ada/backups")
            .setHeader("Content-Type", "multipart/form-data; boundary=x")
            .POST(BodyPublishers.ofString("--x--"));
    assertThat(ada.send(form).status()).isEqualTo(415);
  }

  @Test
  void signingOutAtTheHubEndsTheSessionAtOnce() {
    var browser = signedIn("ada");
    browser.cookies.put("jupyterhub-session-id", "another");
    assertThat(browser.get(PAGES + "users/ada").status()).isEqualTo(303);
  }

  @Test
  void aScriptThatLostItsSessionLoadsThePageAgain() {
    var lost =
        bridge.send(bridge.request(PAGES + "users/ada/progress").header("HX-Request", "true"));
    assertThat(lost.status()).isEqualTo(401);
    assertThat(lost.header("HX-Refresh")).isEqualTo("true");
  }

  @Test
  void hostileNamesAreShownAsText() {
    var ada = signedIn("ada");
    var number = save("ada");
    var file = "run=" + number + "&path=" + encoded(HOSTILE);
    for (var page : new String[] {"/files", "/versions?" + file, "/restore?" + file}) {
      var shown = ada.get(PAGES + "users/ada" + page);
      assertThat(shown.status()).as(page).isEqualTo(200);
      assertThat(shown.response().body())
          .contains("&lt;img src")
          .doesNotContain("<img src=x")
          .doesNotContainPattern("<script(?! src=)|<style| style=| on[a-z]+=\"");
      assertThat(shown.header("Content-Security-Policy"))
          .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'");
    }
    hub.knows("<b>bobby", ACCESS);
    var page = signedIn("<b>bobby").get(PAGES + "users/%3Cb%3Ebobby").response().body();
    assertThat(page).contains("&lt;b&gt;bobby").doesNotContain("<b>bobby");
  }

  @Test
  void whatIsNotThereIsSaidInWords() {
    var missing = signedIn("ada").get(PAGES + "users/ada/runs/1");
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.response().body()).contains("There is no run").contains("Reference");
    assertThat(bridge.get(PAGES + "assets/../Pages.class").status()).isEqualTo(404);
    assertThat(bridge.get(PAGES + "assets/bootstrap-5.3.8.min.css").status()).isEqualTo(200);
    assertThat(bridge.get(PAGES + "assets/htmx-2.0.10.min.js").status()).isEqualTo(200);
  }

  @Test
  void withoutAHubThereAreNoPages(@TempDir Path other) {
    try (var alone = RunningBridge.in(other)) {
      assertThat(alone.get(PAGES).status()).isEqualTo(404);
    }
  }

  private static Browser signedIn(String name) {
    var browser = new Browser();
    assertThat(browser.signIn(name).status()).isEqualTo(303);
    return browser;
  }

  private static long save(String user) {
    var begun = bridge.post("/api/v1/users/" + user + "/backups", "{}");
    Awaitility.await()
        .until(
            () -> bridge.get(begun.header("Location")).json().path("status").asText(),
            status -> status.equals("done"));
    return begun.json().path("number").asLong();
  }

  private static void writeHome(String user, String file) throws IOException {
    var settings = Settings.read(bridge.config());
    try (var database = Database.open(settings.database())) {
      var account = settings.accounts().accounts(new UidTable(database)).of(HubUser.of(user));
      var home = Files.createDirectories(account.home());
      Files.writeString(home.resolve(file), "first");
      Files.setAttribute(home, "unix:uid", (int) account.uid());
      Files.setAttribute(home.resolve(file), "unix:uid", (int) account.uid());
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
