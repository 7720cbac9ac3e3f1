package org.homeport.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.database.PostgresBed;
import org.homeport.bridge.home.EnvironmentTable;
import org.homeport.bridge.home.SeedTable;
import org.homeport.bridge.home.UidTable;
import org.homeport.bridge.token.Scope;
import org.homeport.bridge.token.Tokens;
import org.homeport.spawn.home.EnvironmentLedger;
import org.homeport.spawn.home.EnvironmentLedgerContract;
import org.homeport.spawn.identity.UidLedger;
import org.homeport.spawn.identity.UidLedgerContract;
import org.homeport.spawn.seed.SeedLedger;
import org.homeport.spawn.seed.SeedLedgerContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The tables keep their promises on PostgreSQL as well. */
class PostgresIT {
  private static PostgresBed postgres;
  private String url;
  private Database database;

  @BeforeAll
  static void start() {
    postgres = new PostgresBed();
  }

  @AfterAll
  static void stop() {
    postgres.close();
  }

  @BeforeEach
  void open() {
    url = postgres.emptyDatabase();
    database = Database.open(url);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void theTablesAreMadeOnce() {
    try (var again = Database.open(url)) {
      assertThat(again.answers()).isTrue();
    }
  }

  @Test
  void tokensOpenUntilTheyAreRevoked() {
    var tokens = new Tokens(database, Clock.systemUTC());
    var issued = tokens.issue("the hub", Scope.HUB);
    assertThat(tokens.find(issued.secret())).isPresent();
    tokens.revoke(issued.token().id());
    assertThat(tokens.find(issued.secret())).isEmpty();
  }

  @Nested
  class Uids extends UidLedgerContract {
    @Override
    protected UidLedger ledger() {
      return new UidTable(database);
    }
  }

  @Nested
  class Environments extends EnvironmentLedgerContract {
    @Override
    protected EnvironmentLedger ledger() {
      return new EnvironmentTable(database);
    }
  }

  @Nested
  class Seeds extends SeedLedgerContract {
    @Override
    protected SeedLedger ledger() {
      return new SeedTable(database);
    }
  }
}
