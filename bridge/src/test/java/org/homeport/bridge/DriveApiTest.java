package org.homeport.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.homeport.bridge.RunningBridge.Answer;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.database.OnBothDatabases;
import org.homeport.bridge.home.UidTable;
import org.homeport.bridge.remote.drive.fake.FakeDrive;
import org.homeport.bridge.remote.drive.fake.ServiceAccountKey;
import org.homeport.spawn.identity.HubUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Google Drive that is connected over the API, saved to, and given back. */
@OnBothDatabases
class DriveApiTest {
  private static final String REDIRECT = "https://hub.example/services/homeport/drive";
  private static final String EMAIL = "ada@example.org";

  @TempDir Path folder;
  private final FakeDrive drive = FakeDrive.start();
  private RunningBridge bridge;

  @BeforeEach
  void start() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(folder.resolve("client-secret"), FakeDrive.CLIENT_SECRET + "\n");
    drive.register(REDIRECT);
    bridge =
        RunningBridge.in(
            folder,
            """
            backup:
              remote: drive
              drive:
                client-id: %s
                client-secret-file: FOLDER/client-secret
                redirect: %s
                google: %s
            """
                .formatted(FakeDrive.CLIENT_ID, REDIRECT, drive.url()));
  }

  @AfterEach
  void stop() {
    bridge.close();
    drive.close();
  }

  @Test
  void aHomeIsSavedToTheDriveThatItsOwnerConnected() throws IOException {
    writeHome("course/notes.txt", "hello");
    assertThat(bridge.get("/api/v1/users/ada/drive").json().path("code").asText())
        .isEqualTo("not-connected");
    assertThat(backUp()).isEqualTo("needs-reconnect");

    var connected = connect();
    assertThat(connected.status()).isEqualTo(200);
    assertThat(connected.json().path("email").asText()).isEqualTo(EMAIL);
    assertThat(backUp()).isEqualTo("done");
    assertThat(drive.account(EMAIL).read("/home/ada/course/notes.txt"))
        .isEqualTo("hello".getBytes(StandardCharsets.UTF_8));
    assertThat(bridge.get("/api/v1/users/ada/drive").json()).isEqualTo(connected.json());

    var given = bridge.delete("/api/v1/users/ada/drive");
    assertThat(given.json().path("confirmed").asBoolean()).isTrue();
    assertThat(bridge.get("/api/v1/users/ada/drive").status()).isEqualTo(404);
    assertThat(drive.account(EMAIL).files()).isNotEmpty();
  }

  @Test
  void anotherDriveGetsEverythingAndTheFirstOneNothingTwice() throws IOException {
    writeHome("notes.txt", "hello");
    connect();
    assertThat(backUp()).isEqualTo("done");
    bridge.delete("/api/v1/users/ada/drive");
    connect("new@example.org");
    assertThat(backUp()).isEqualTo("done");
    assertThat(drive.account("new@example.org").read("/home/ada/notes.txt")).isNotEmpty();

    bridge.delete("/api/v1/users/ada/drive");
    connect();
    var before = drive.account(EMAIL).tree();
    assertThat(backUp()).isEqualTo("done");
    assertThat(drive.account(EMAIL).tree()).isEqualTo(before);
  }

  @Test
  void aConsentOfAnotherSessionIsRefusedWithARemedy() {
    var back = parameters(drive.allow(begin("mine"), EMAIL));
    var refused = finish("another", back);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().path("code").asText()).isEqualTo("unknown-consent");
    assertThat(refused.json().path("remedy").asText()).isNotEmpty();
  }

  @Test
  void theGrantOfTheHubIsTakenOver() {
    var token = drive.account(EMAIL).refreshToken(FakeDrive.CLIENT_ID);
    var taken =
        bridge.post("/api/v1/users/ada/drive/grant", "{\"refreshToken\": \"%s\"}".formatted(token));
    assertThat(taken.json().path("email").asText()).isEqualTo(EMAIL);
    assertThat(taken.response().body()).doesNotContain(token);
  }

  @Test
  void aServiceAccountSavesTheHomesOfUsersWhoConnectNothing() throws IOException {
    var account = "homeport@campus.iam.example";
    drive.delegate(account);
    drive.account("ada@campus.example");
    var key = folder.resolve("key.json");
    Files.writeString(key, ServiceAccountKey.of(account, drive.url()));
    bridge.close();
    bridge =
        RunningBridge.in(
            folder,
            """
            backup:
              remote: drive
              drive:
                service-account-key: FOLDER/key.json
                emails: "{user}@campus.example"
                google: %s
            """
                .formatted(drive.url()));
    writeHome("notes/a.txt", "a");
    assertThat(backUp()).isEqualTo("done");
    assertThat(drive.account("ada@campus.example").read("/home/ada/notes/a.txt")).hasSize(1);
    assertThat(bridge.get("/api/v1/users/ada/drive").status()).isEqualTo(409);
  }

  private Answer connect() {
    return connect(EMAIL);
  }

  private Answer connect(String email) {
    return finish("session", parameters(drive.allow(begin("session"), email)));
  }

  private URI begin(String session) {
    var begun = bridge.post("/api/v1/users/ada/drive", "{\"session\": \"%s\"}".formatted(session));
    return URI.create(begun.json().path("consentUrl").asText());
  }

  private Answer finish(String session, Map<String, String> back) {
    return bridge.post(
        "/api/v1/users/ada/drive/callback",
        "{\"session\": \"%s\", \"state\": \"%s\", \"code\": \"%s\"}"
            .formatted(session, back.get("state"), back.get("code")));
  }

  private String backUp() {
    var begun = bridge.post("/api/v1/users/ada/backups", "{}");
    return Awaitility.await()
        .until(
            () -> bridge.get(begun.header("Location")).json().path("status").asText(),
            status -> !status.equals("running"));
  }

  private void writeHome(String path, String text) throws IOException {
    var settings = Settings.read(bridge.config());
    try (var database = Database.open(settings.database())) {
      var account = settings.accounts().accounts(new UidTable(database)).of(HubUser.of("ada"));
      var file = account.home().resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
      for (var each = file; each.startsWith(account.home()); each = each.getParent()) {
        Files.setAttribute(each, "unix:uid", (int) account.uid());
      }
    }
  }

  private static Map<String, String> parameters(URI uri) {
    return Stream.of(uri.getRawQuery().split("&"))
        .map(pair -> pair.split("=", 2))
        .collect(
            Collectors.toMap(
                pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
  }
}
