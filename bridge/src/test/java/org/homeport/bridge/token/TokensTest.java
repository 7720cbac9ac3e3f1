package org.homeport.bridge.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.database.OnBothDatabases;
import org.homeport.bridge.database.TestDatabase;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnBothDatabases
class TokensTest {
  private static final Instant NOON = Instant.parse("2026-10-03T12:00:00Z");

  @TempDir Path folder;
  private final MovableClock clock = new MovableClock();
  private Database database;
  private Tokens tokens;

  @BeforeEach
  void open() {
    database = TestDatabase.open(folder.resolve("homeport.db"));
    tokens = new Tokens(database, clock);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void anIssuedTokenIsFoundByItsSecret() {
    var issued = tokens.issue("the hub", Scope.HUB);
    assertThat(tokens.find(issued.secret())).hasValue(issued.token());
  }

  @Test
  void anUnknownSecretFindsNothing() {
    tokens.issue("the hub", Scope.HUB);
    assertThat(tokens.find(new Secret("homeport_guess"))).isEmpty();
    assertThat(Secret.of(" ")).isEmpty();
  }

  @Test
  void secretsHave256BitsAndDiffer() {
    var one = tokens.issue("one", Scope.READ).secret().value();
    var two = tokens.issue("two", Scope.READ).secret().value();
    assertThat(one).matches("homeport_[A-Za-z0-9_-]{43}").isNotEqualTo(two);
  }

  @Test
  void theDatabaseHoldsNoSecret() {
    var secret = tokens.issue("the hub", Scope.HUB).secret();
    var rows = database.read(handle -> handle.select("SELECT * FROM tokens").mapToMap().list());
    assertThat(rows).hasSize(1);
    assertThat(rows.toString()).doesNotContain(secret.value().substring("homeport_".length()));
    assertThat(secret.toString()).doesNotContain(secret.value());
  }

  @Test
  void aRevokedTokenOpensNothingAndStaysInTheList() {
    var issued = tokens.issue("the hub", Scope.HUB);
    assertThat(tokens.revoke(issued.token().id())).isTrue();
    assertThat(tokens.revoke(issued.token().id())).isTrue();
    assertThat(tokens.find(issued.secret())).isEmpty();
    assertThat(tokens.list()).extracting(Token::revokedAt).allMatch(at -> at.isPresent());
  }

  @Test
  void anUnknownTokenCannotBeRevoked() {
    assertThat(tokens.revoke("deadbeef")).isFalse();
  }

  @Test
  void theLastUseIsKnownToTheMinute() {
    var issued = tokens.issue("the hub", Scope.HUB);
    tokens.find(issued.secret());
    clock.pass(Duration.ofSeconds(50));
    tokens.find(issued.secret());
    assertThat(tokens.list().get(0).lastUsedAt()).hasValue(NOON);

    clock.pass(Duration.ofSeconds(11));
    tokens.find(issued.secret());
    assertThat(tokens.list().get(0).lastUsedAt()).hasValue(NOON.plusSeconds(61));
  }

  @Test
  void aNameIsOneLine() {
    assertThatThrownBy(() -> tokens.issue("two\nlines", Scope.HUB))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> tokens.issue(" ", Scope.HUB))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theAdminTokenIsMadeOnceAndRootsAlone() throws IOException {
    var file = folder.resolve("admin.token");
    AdminToken.ensure(file, tokens);
    var first = AdminToken.read(file).orElseThrow();
    AdminToken.ensure(file, tokens);

    assertThat(AdminToken.read(file)).hasValue(first);
    assertThat(tokens.find(first).orElseThrow().scope()).isEqualTo(Scope.ADMIN);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void anAdminTokenThatOpensNothingIsReplaced() throws IOException {
    var file = folder.resolve("admin.token");
    AdminToken.ensure(file, tokens);
    var lost = AdminToken.read(file).orElseThrow();
    Files.writeString(file, "homeport_something-else\n");

    AdminToken.ensure(file, tokens);

    assertThat(AdminToken.read(file).flatMap(tokens::find)).isPresent();
    assertThat(tokens.find(lost)).isEmpty();
  }

  @Test
  void aSecondBridgeOnOneDatabaseLeavesTheFirstOnesAdminTokenAlone() throws IOException {
    var first = Files.createDirectory(folder.resolve("first")).resolve("admin.token");
    var second = Files.createDirectory(folder.resolve("second")).resolve("admin.token");
    AdminToken.ensure(first, tokens);
    AdminToken.ensure(second, tokens);
    assertThat(AdminToken.read(first).flatMap(tokens::find)).isPresent();
    assertThat(AdminToken.read(second).flatMap(tokens::find)).isPresent();
    assertThat(tokens.list()).allMatch(token -> AdminToken.isNameOfOwn(token.name()));
  }

  @Test
  void aTokenOpensThoughItsUseCannotBeWrittenDown() {
    var issued = tokens.issue("the hub", Scope.HUB);
    database.write(TokensTest::refuseUpdates);
    clock.pass(Duration.ofHours(1));
    assertThat(tokens.find(issued.secret())).hasValue(issued.token());
  }

  /** From now on no use of a token can be written down, as on a full disk. */
  private static int refuseUpdates(Handle handle) {
    var isFile = handle.getConnection().toString().contains("SQLite");
    return handle.execute(
        isFile
            ? "CREATE TRIGGER full_disk BEFORE UPDATE ON tokens"
                + " BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
            : "ALTER TABLE tokens ADD CHECK (last_used_at IS NULL)");
  }

  private static final class MovableClock extends Clock {
    private Instant now = NOON;

    void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
