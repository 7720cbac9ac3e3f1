package org.homeport.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line, against a bridge where it needs one. */
class MainTest {
  @TempDir Path folder;

  /** The output of a command, and its exit code. */
  private record Run(int exitCode, String out, String err) {}

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "serve",
        "doctor",
        "status",
        "servers",
        "plan",
        "backup",
        "backups",
        "restore",
        "verify",
        "token",
        "token create",
        "token list",
        "token revoke"
      })
  void everyCommandExplainsItself(String command) {
    var run = run((command + " --help").strip().split(" "));
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains(("Usage: homeport " + command).strip());
    assertThat(run.out()).contains("--config=FILE").contains("wrong usage or settings");
  }

  @Test
  void theHelpListsTheCommandsWithWhatTheyDo() {
    var help = run("--help").out();
    assertThat(help)
        .contains("doctor   Checks this host and the settings")
        .contains("token    Creates, lists and revokes the tokens")
        .doesNotContain("rehearse");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dance",
        "plan ada",
        "backup",
        "backup ada --all",
        "restore ada --at noon",
        "token",
        "token create",
        "token create --scope all"
      })
  void wrongUsageIsTwo(String command) {
    var run = run(command.split(" "));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).isNotBlank();
  }

  @Test
  void badSettingsAreTwoWithEveryLine() throws IOException {
    var config = Files.writeString(folder.resolve("bad.yaml"), "lisen: x\nstate: y\n");
    var run = run("serve", "--config", config.toString());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("bad.yaml:1: lisen: unknown key").contains("bad.yaml:2: state");
  }

  @Test
  void aBridgeThatDoesNotRunIsOne() {
    RunningBridge.in(folder).close();
    var run = run("token", "list", "--config", folder.resolve("homeport.yaml").toString());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("No bridge answers on").contains("homeport serve");
  }

  @Test
  void aBridgeThatNeverRanIsOne() {
    var config = RunningBridge.write(folder);
    var run = run("status", "--config", config.toString());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("admin.token does not exist: start the bridge first");
  }

  @Test
  void aTokenIsMadeListedAndRevoked() {
    try (var bridge = RunningBridge.in(folder, "listen: unix:" + folder + "/socket")) {
      var made = run("token", "create", "--scope", "hub", "--config", config(bridge), "the hub");
      assertThat(made.exitCode()).isZero();
      assertThat(made.out()).matches("homeport_[A-Za-z0-9_-]{43}\\R");

      var row =
          run("token", "list", "--config", config(bridge))
              .out()
              .lines()
              .filter(line -> line.endsWith("the hub"))
              .findFirst()
              .orElseThrow();
      assertThat(row).contains("hub").contains("never").doesNotContain(made.out().strip());

      var id = row.substring(0, 8);
      assertThat(run("token", "revoke", id, "--config", config(bridge)).exitCode()).isZero();
      assertThat(run("token", "list", "--config", config(bridge)).out())
          .contains("the hub (revoked)");
    }
  }

  @Test
  void whatTheBridgeDeclinesIsToldWithItsRemedy() {
    try (var bridge = RunningBridge.in(folder, "listen: unix:" + folder + "/socket")) {
      var run = run("plan", "ada", "evil/miner", "--config", config(bridge));
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err())
          .contains("The image evil/miner:latest is not among the allowed ones.")
          .contains("add it to environments.images");
    }
  }

  @Test
  void theDoctorNamesWhatIsWrongWithAFixForEach() throws IOException {
    var config =
        RunningBridge.write(
            folder,
            "data: [{source: FOLDER/none}, {source: FOLDER/maybe, optional: true}]",
            "backup: {remote: folder:/proc/none}",
            "audit: {file: FOLDER/audit}",
            "hub: {token-file: FOLDER/no-token}");
    Files.createDirectory(folder.resolve("audit"));
    var run = run("doctor", "--config", config.toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains("wrong  data          " + folder + "/none is missing, so no server starts")
        .contains("note   data          " + folder + "/maybe is missing")
        .contains("wrong  homes         " + folder + "/homes is not a folder")
        .contains("       fix: mkdir -p " + folder + "/homes")
        .contains("wrong  backup        /proc/none has only 0 bytes left")
        .contains("wrong  audit         " + folder + "/audit cannot be written")
        .contains("wrong  hub           The token that hub and bridge share cannot be read")
        .containsPattern("ok     state         " + folder + "/state has .* left")
        .contains("wrong  engine")
        .contains("note   bridge        does not run")
        .contains("ok     root");
    assertThat(folder.resolve("state")).doesNotExist();
  }

  @Test
  void theDoctorSeesLimitsWithinWhichNoServerWorks() throws IOException {
    var config = RunningBridge.write(folder, "limits: {cpus: 4000, memory: 64M}");
    assertThat(run("doctor", "--config", config.toString()).out())
        .containsPattern("wrong  limits +limits.cpus is 4000.0, but this host has \\d+ cores")
        .containsPattern("fix: Set limits.cpus to \\d+ or less.")
        .contains("limits.memory is 64 MiB: JupyterLab does not fit in")
        .contains("fix: Set limits.memory to 512M or more.");
  }

  @Test
  void aDamagedDatabaseIsSaidInWordsByTheDoctorAndTheStart() throws IOException {
    RunningBridge.in(folder).close();
    var database = folder.resolve("state/homeport.db");
    Files.writeString(database, "not a database at all, but long enough to be one".repeat(100));
    var config = folder.resolve("homeport.yaml").toString();
    assertThat(run("doctor", "--config", config).out())
        .containsPattern("wrong  database +" + database + " is damaged")
        .contains("put the last copy in its place");
    var run = run("rehearse", "--config", config);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("is damaged. Stop the bridge, move the file");
  }

  @Test
  void theDoctorSpeaksJson() throws JsonProcessingException {
    var config = RunningBridge.write(folder);
    var report =
        new ObjectMapper().readTree(run("doctor", "--json", "--config", config.toString()).out());
    assertThat(report.path("well").asBoolean(true)).isFalse();
    assertThat(report.path("checks"))
        .allMatch(check -> !check.path("check").asText().isEmpty())
        .allMatch(check -> check.path("message").asText().lines().count() == 1)
        .allMatch(
            check ->
                check.path("state").asText().equals("ok") == check.path("fix").asText().isEmpty());
  }

  @Test
  void theDoctorSeesBadSettingsAndGoesNoFurther() throws IOException {
    var config = Files.writeString(folder.resolve("bad.yaml"), "lisen: x\n");
    var run = run("doctor", "--config", config.toString());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("bad.yaml:1: lisen: unknown key; did you mean listen?");
  }

  private static String config(RunningBridge bridge) {
    return bridge.config().toString();
  }

  private static Run run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var exitCode =
        Main.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Run(exitCode, out.toString(), err.toString());
  }
}
