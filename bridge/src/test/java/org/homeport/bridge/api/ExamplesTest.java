package org.homeport.bridge.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.homeport.bridge.Examples;
import org.homeport.bridge.engine.EngineVersion;
import org.homeport.bridge.engine.Network;
import org.homeport.bridge.environment.Environments;
import org.homeport.bridge.home.HomeSize;
import org.homeport.bridge.home.Users;
import org.homeport.bridge.log.Reference;
import org.homeport.bridge.server.Failure;
import org.homeport.bridge.server.Overview;
import org.homeport.bridge.server.Server;
import org.homeport.bridge.server.Server.State;
import org.homeport.bridge.server.ServerEvent;
import org.homeport.bridge.server.ServerRequest;
import org.homeport.bridge.server.StartUnderWay;
import org.homeport.bridge.token.Scope;
import org.homeport.bridge.token.Token;
import org.homeport.bridge.web.Items;
import org.homeport.bridge.web.Json;
import org.homeport.bridge.web.Problem;
import org.homeport.bridge.web.Refused;
import org.homeport.spawn.SpawnPlan;
import org.homeport.spawn.identity.Account;
import org.homeport.spawn.identity.Account.Group;
import org.homeport.spawn.identity.HubUser;
import org.homeport.spawn.identity.ServerName;
import org.homeport.spawn.image.ImageName;
import org.homeport.spawn.image.ImagePattern;
import org.homeport.spawn.mount.Mount;
import org.homeport.spawn.progress.Progress.Phase;
import org.junit.jupiter.api.Test;

/** The documentation shows the API's JSON, field by field. */
class ExamplesTest {
  private static final HubUser ADA = HubUser.of("ada");
  private static final ImageName IMAGE = ImageName.of("plasmabio/template-python:12345");
  private static final String FOLDER = "plasmabio-template-python-12345";
  private static final Path HOME = Path.of("/home/ada");
  private static final Account ACCOUNT =
      new Account("ada", 1001, 1001, List.of(new Group("course-a", 2001)), HOME);

  @Test
  void aRunningServer() throws IOException {
    var address = new Server.Address("172.20.0.2", 8888);
    assertWritten(
        server(State.RUNNING, Optional.of(address), OptionalInt.empty(), Optional.empty()),
        "server-running.json");
  }

  @Test
  void aFailedServer() throws IOException {
    var failure =
        new Failure(
            "out-of-memory",
            "The server of ada was ended because it used more than 1 GiB of memory.",
            "Your files are safe. Start it again; if this happens often, ask for a higher memory"
                + " limit.",
            "5f0c92ab");
    assertWritten(
        server(State.FAILED, Optional.empty(), OptionalInt.of(137), Optional.of(failure)),
        "server-failed.json");
  }

  @Test
  void events() throws IOException {
    assertWritten(
        new ServerEvent(
            7,
            ServerEvent.Type.PROGRESS,
            Phase.SEEDING,
            120,
            1000,
            46,
            "Copying the environment's files into " + FOLDER + ": 120 of 1,000",
            Optional.empty(),
            Optional.empty()),
        "event-progress.json");
    assertWritten(
        new ServerEvent(
            12,
            ServerEvent.Type.READY,
            Phase.WAITING,
            1,
            1,
            100,
            "Your server answers.",
            Optional.empty(),
            Optional.empty()),
        "event-end.json");
  }

  @Test
  void aPlan() throws IOException {
    var folder = HOME.resolve(FOLDER);
    assertWritten(
        new SpawnPlan(
            ADA,
            ServerName.DEFAULT,
            IMAGE,
            ACCOUNT,
            folder,
            folder,
            List.of(
                new Mount(HOME, HOME, false),
                new Mount(Path.of("/srv/data"), Path.of("/srv/data"), true)),
            Map.of(
                "HOME", "/home/ada",
                "LOGNAME", "ada",
                "NB_GID", "1001",
                "NB_UID", "1001",
                "NB_USER", "ada",
                "USER", "ada"),
            List.of()),
        "plan.json");
  }

  @Test
  void environments() throws IOException {
    var digest = "sha256:" + "0123456789abcdef".repeat(4);
    var notebook = ImageName.of("quay.io/jupyter/base-notebook:latest");
    assertWritten(
        new Environments.Offer(
            List.of(
                new Environments.Environment(
                    IMAGE, true, OptionalLong.of(618659840), Optional.of(digest)),
                new Environments.Environment(
                    notebook, false, OptionalLong.empty(), Optional.empty())),
            List.of(ImagePattern.of("plasmabio/*"), ImagePattern.of(notebook.name()))),
        "environments.json");
  }

  @Test
  void users() throws IOException {
    var environments = List.of(new Users.Environment(IMAGE, FOLDER));
    var size = new HomeSize(81_264_211, 2130, true, Instant.parse("2026-10-03T08:00:00Z"));
    assertWritten(
        new Items<>(
            List.of(
                new Users.User(
                    ADA, Optional.of(ACCOUNT), Optional.empty(), environments, Optional.of(size)))),
        "users.json");
  }

  @Test
  void tokens() throws IOException {
    var made = Instant.parse("2026-10-03T08:15:30Z");
    var used = Optional.of(made.plusSeconds(90));
    assertWritten(
        new Items<>(
            List.of(new Token("9f6ba4c0", "the hub", Scope.HUB, made, used, Optional.empty()))),
        "tokens.json");
  }

  @Test
  void theStatus() throws IOException {
    assertWritten(
        new Overview.Status(
            "0.1.0",
            new EngineVersion("20.10.24", "1.41"),
            new Network("homeport", Optional.of("172.20.0.0/16"), Optional.of("172.20.0.1")),
            Map.of(State.QUEUED, 0, State.STARTING, 1, State.RUNNING, 30),
            List.of(
                new StartUnderWay(
                    "ada",
                    ImageName.of("plasmabio/template-python:12345"),
                    Phase.WAITING,
                    0,
                    93,
                    "Waiting for your server to answer."))),
        "status.json");
  }

  @Test
  void aProblem() throws IOException {
    assertWritten(
        Problem.of(
            new Refused(
                403,
                "image-not-allowed",
                "The image evil/miner:latest is not among the allowed ones.",
                "Choose one of the environments on offer, or add it to environments.images in"
                    + " homeport.yaml.",
                "image"),
            new Reference("5f0c92ab")),
        "problem.json");
  }

  @Test
  void theRequestOfAServerIsUnderstood() {
    var request = ServerRequest.of(Examples.json("server-request.json"));
    assertThat(request.spawn().user()).isEqualTo(ADA);
    assertThat(request.spawn().groups()).containsExactly("course-a");
    assertThat(request.answersAt()).isEqualTo("/user/ada/api");
    assertThat(request.limits().cpus()).hasValue(1.5);
  }

  private static Server server(
      State state,
      Optional<Server.Address> address,
      OptionalInt exitCode,
      Optional<Failure> failure) {
    return new Server(
        "ada",
        ADA,
        ServerName.DEFAULT,
        IMAGE,
        "homeport-ada",
        state,
        address,
        exitCode,
        failure,
        "5f0c92ab",
        Instant.parse("2026-10-03T08:15:30Z"));
  }

  private static void assertWritten(Object value, String example) throws IOException {
    assertThat(new ObjectMapper().readTree(Json.write(value)).toPrettyString())
        .isEqualTo(Examples.json(example).toPrettyString());
  }
}
