package org.homeport.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;
import org.awaitility.Awaitility;
import org.homeport.bridge.RunningBridge.Answer;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.database.OnBothDatabases;
import org.homeport.bridge.home.EnvironmentTable;
import org.homeport.bridge.home.UidTable;
import org.homeport.spawn.identity.Account;
import org.homeport.spawn.identity.HubUser;
import org.homeport.spawn.image.ImageName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups and restores as the API and the command line offer them. */
@OnBothDatabases
class BackupApiTest {
  @TempDir static Path folder;
  private static RunningBridge bridge;
  private static Path home;

  /** As the command line reads them: with the port that was free. */
  private static Path config;

  /** The output of a command, and its exit code. */
  private record Printed(int exitCode, String out) {}

  @BeforeAll
  static void start() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    bridge =
        RunningBridge.in(folder, "backup: {remote: 'folder:FOLDER/saved', nightly: 02:00-03:00}");
    var settings = Files.readString(bridge.config()).replace("127.0.0.1:0", bridge.address());
    config = Files.writeString(folder.resolve("commands.yaml"), settings);
    var account = account();
    home = Files.createDirectories(account.home());
    write("notes.txt", "first");
    write("course/a.txt", "a");
    for (var path : new String[] {"", "course", "notes.txt", "course/a.txt"}) {
      Files.setAttribute(home.resolve(path), "unix:uid", (int) account.uid());
    }
  }

  /** As the user's first start makes it. */
  private static Account account() {
    var settings = Settings.read(bridge.config());
    try (var database = Database.open(settings.database())) {
      var ada = HubUser.of("ada");
      new EnvironmentTable(database).claim(ada, ImageName.of("a/b:1"), "a-b-1");
      return settings.accounts().accounts(new UidTable(database)).of(ada);
    }
  }

  @AfterAll
  static void stop() {
    bridge.close();
  }

  @Test
  void aBackupIsAskedForFollowedAndListed() {
    var begun = bridge.post("/api/v1/users/ada/backups", "{}");
    assertThat(begun.status()).isEqualTo(202);
    assertThat(names(begun)).isEqualTo(names(Examples.json("backup.json")));
    var ended = ended(begun);
    assertThat(ended.json().path("status").asText()).isEqualTo("done");
    assertThat(folder.resolve("saved/home/ada/notes.txt")).exists();

    var events = bridge.follow(begun.header("Location") + "/events").join();
    assertThat(events).contains("event: ended").contains("\"status\":\"done\"");
    var list = bridge.get("/api/v1/users/ada/backups").json().path("items");
    assertThat(list.findValuesAsText("number")).contains(ended.json().path("number").asText());
    var files = bridge.get(begun.header("Location") + "/files?path=course").json().path("items");
    assertThat(files.findValuesAsText("path")).containsExactly("course/a.txt");
  }

  @Test
  void aRestoreBringsAFileBack() throws IOException {
    ended(bridge.post("/api/v1/users/ada/backups", "{}"));
    var request = "{\"path\": \"course/a.txt\", \"into\": \"again\"}";
    var preview = bridge.post("/api/v1/users/ada/restores?dry-run", request);
    assertThat(preview.json().path("files").asInt()).isEqualTo(1);
    assertThat(home.resolve("again")).doesNotExist();
    var ended = ended(bridge.post("/api/v1/users/ada/restores", request));
    assertThat(ended.json().path("status").asText()).isEqualTo("done");
    assertThat(home.resolve("again/course/a.txt")).hasContent("a");
  }

  @Test
  void whatCannotBeRestoredIsRefusedWithAReason() {
    var cases =
        Map.of(
            "{\"path\": \"../bob\"}", 400,
            "{\"path\": \"never\"}", 404,
            "{\"run\": 7}", 404,
            "{\"at\": \"noon\"}", 400,
            "{\"into\": \"/etc\"}", 400);
    ended(bridge.post("/api/v1/users/ada/backups", "{}"));
    cases.forEach(
        (request, status) ->
            assertThat(bridge.post("/api/v1/users/ada/restores", request).status())
                .as(request)
                .isEqualTo(status));
    assertThat(bridge.get("/api/v1/users/ada/backups/1").status()).isEqualTo(404);
    assertThat(bridge.get("/api/v1/users/ada/backups/x/events").status()).isEqualTo(404);
    assertThat(bridge.get("/api/v1/users/nobody/download").status()).isEqualTo(404);
  }

  @Test
  void howTheBackupsOfAllStandIsSeenAtOnce() {
    ended(bridge.post("/api/v1/users/ada/backups", "{}"));
    for (var i = 0; i < 2; i++) {
      ended(bridge.post("/api/v1/users/zoe/backups", "{}")); // who has no account
    }

    var ada = stateOf("ada");
    assertThat(ada.path("status").asText()).isEqualTo("done");
    assertThat(ada.path("lastSaved").asText()).isNotEmpty();
    assertThat(ada.path("files").asInt()).isPositive();
    assertThat(ada.path("failures").asInt()).isZero();
    var zoe = stateOf("zoe");
    assertThat(zoe.path("status").asText()).isEqualTo("failed");
    assertThat(zoe.path("lastSaved").isNull()).isTrue();
    assertThat(zoe.path("failures").asInt()).isEqualTo(2);
    assertThat(zoe.path("message").asText()).contains("no account");
  }

  @Test
  void theWholeHomeIsDownloaded() throws Exception {
    var request = bridge.request("/api/v1/users/ada/download").GET().build();
    var body = HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray()).body();
    var texts = new HashMap<String, String>();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(body))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        texts.put(entry.getName(), new String(zip.readAllBytes()));
      }
    }
    assertThat(texts)
        .containsEntry("ada/notes.txt", "first")
        .containsEntry("ada/course/a.txt", "a");
  }

  @Test
  void theCommandsDoTheSame() {
    assertThat(command("backup", "ada", "--dry-run").out()).contains("ada: ").contains(" files");
    var backup = command("backup", "ada");
    assertThat(backup.out()).contains("ada: backup done");
    assertThat(backup.exitCode()).isZero();
    assertThat(command("backups", "ada").out()).contains("STATUS").contains("done");
    assertThat(command("restore", "ada", "--dry-run", "--path", "notes.txt").out())
        .contains("notes.txt")
        .contains("1 file (5 bytes) into ~/restored-");
    assertThat(command("restore", "ada", "--path", "notes.txt", "--to", "back").exitCode())
        .isZero();
    assertThat(home.resolve("back/notes.txt")).hasContent("first");
    assertThat(command("verify", "ada", "--read-data").out()).contains("verification done");
    assertThat(command("verify", "--all", "--sample", "1/2").out()).contains("ada: verification");
    assertThat(command("backup", "nobody").exitCode()).isEqualTo(1);
  }

  private static Printed command(String... words) {
    var out = new StringWriter();
    var line = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(out));
    var all =
        Stream.concat(Arrays.stream(words), Stream.of("--config", config.toString()))
            .toArray(String[]::new);
    return new Printed(line.execute(all), out.toString());
  }

  private static JsonNode stateOf(String user) {
    for (var state : bridge.get("/api/v1/backups").json().path("items")) {
      if (state.path("user").asText().equals(user)) {
        return state;
      }
    }
    throw new AssertionError("Nothing is told of " + user + ".");
  }

  private static Answer ended(Answer begun) {
    return Awaitility.await()
        .until(
            () -> bridge.get(begun.header("Location")),
            run -> !run.json().path("status").asText().equals("running"));
  }

  private static List<String> names(Answer answer) {
    return names(answer.json());
  }

  private static List<String> names(JsonNode object) {
    var names = new ArrayList<String>();
    object.fieldNames().forEachRemaining(names::add);
    object.path("report").fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static void write(String path, String text) throws IOException {
    Files.createDirectories(home.resolve(path).getParent());
    Files.writeString(home.resolve(path), text);
  }
}
