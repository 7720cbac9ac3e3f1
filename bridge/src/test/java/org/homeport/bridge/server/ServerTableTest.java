package org.homeport.bridge.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.spawn.Refusals.assertRefused;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalInt;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.database.OnBothDatabases;
import org.homeport.bridge.database.TestDatabase;
import org.homeport.bridge.server.Server.State;
import org.homeport.spawn.identity.HubUser;
import org.homeport.spawn.identity.ServerName;
import org.homeport.spawn.image.ImageName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnBothDatabases
class ServerTableTest {
  private static final Instant NOW = Instant.parse("2026-10-03T08:15:30.123456Z");
  private static final Server ADA = server("ada", "");
  private static final Server LAB = server("ada--lab", "lab");

  private static final Server INTERRUPTED =
      ADA.failed(Failures.of(ADA).interrupted(), OptionalInt.empty(), NOW);

  private Database database;
  private ServerTable table;

  @BeforeEach
  void open(@TempDir Path folder) {
    database = TestDatabase.open(folder.resolve("test.db"));
    table = new ServerTable(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aServerIsRememberedAsItWas() {
    table.save(ADA);
    table.save(LAB);
    assertThat(table.find("ada")).contains(ADA);
    assertThat(table.all()).containsExactly(ADA, LAB);
    assertThat(table.find("bob")).isEmpty();
  }

  @Test
  void theLastStateCounts() {
    var why = new Failure("killed", "It was ended.", "Start it again.", "5f0c92ab");
    table.save(ADA);
    var failed = ADA.failed(why, OptionalInt.of(137), NOW);
    table.save(failed);
    assertThat(table.find("ada")).contains(failed);
    var running = ADA.as(State.RUNNING, NOW.plusSeconds(5));
    table.save(running);
    assertThat(table.all()).containsExactly(running);
  }

  @Test
  void whoOnlyWaitedWhenTheBridgeDiedMayStartAgainAfterAWhile() {
    for (var times = 0; times < 3; times++) {
      table.save(ADA.as(State.STARTING, NOW));
      table.save(INTERRUPTED);
    }
    assertRefused(() -> interruptions(NOW.plusSeconds(599)).check("ada"), "interrupted-often");
    interruptions(NOW.plusSeconds(600)).check("ada");
  }

  private Interruptions interruptions(Instant now) {
    return new Interruptions(table, Clock.fixed(now, ZoneOffset.UTC));
  }

  @Test
  void whatIsForgottenIsGone() {
    table.save(ADA);
    table.forget("ada");
    table.forget("ada");
    assertThat(table.all()).isEmpty();
  }

  @Test
  void interruptionsInARowAreCountedOnceEachUntilAStartEndsOtherwise() {
    for (var times = 1; times <= 2; times++) {
      table.save(ADA);
      table.save(INTERRUPTED);
      table.save(INTERRUPTED);
      assertThat(table.interruptions("ada")).isEqualTo(times);
    }
    table.save(ADA);
    table.save(ADA.as(State.RUNNING, NOW));
    assertThat(table.interruptions("ada")).isZero();
  }

  @Test
  void anInterruptionThatIsExcusedDoesNotCount() {
    table.save(ADA);
    table.excuse("ada");
    table.save(INTERRUPTED);
    assertThat(table.interruptions("ada")).isZero();
    table.excuse("ada");
    assertThat(table.interruptions("ada")).isZero();
    assertThat(table.interruptions("bob")).isZero();
  }

  private static Server server(String id, String name) {
    return new Server(
        id,
        HubUser.of("ada"),
        ServerName.of(name),
        ImageName.of("a/b:1"),
        "homeport-" + id,
        State.STARTING,
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        "5f0c92ab",
        NOW);
  }
}
