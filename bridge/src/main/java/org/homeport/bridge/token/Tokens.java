package org.homeport.bridge.token;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.homeport.bridge.database.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tokens that open the API: issued once, kept as hashes, revoked for good. */
public final class Tokens {
  private static final Logger log = LoggerFactory.getLogger(Tokens.class);
  private static final Duration USE_IS_NOTED_EVERY = Duration.ofMinutes(1);
  private static final int ID_BYTES = 4;

  private final Database database;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Instant> noted = new ConcurrentHashMap<>();

  /** A new token; the only moment at which its secret is known. */
  public record Issued(Token token, Secret secret) {}

  public Tokens(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  public Issued issue(String name, Scope scope) {
    var secret = Secret.issued();
    var id = new byte[ID_BYTES];
    random.nextBytes(id);
    var token =
        new Token(
            HexFormat.of().formatHex(id),
            name,
            scope,
            clock.instant(),
            Optional.empty(),
            Optional.empty());
    database.write(
        handle -> {
          TokenTable.insert(handle, token, secret.hash());
          return token;
        });
    return new Issued(token, secret);
  }

  /** The token of a secret, unless it is unknown or revoked; notes that it was used. */
  public Optional<Token> find(Secret secret) {
    var token = database.readUrgently(handle -> TokenTable.valid(handle, secret));
    token.filter(this::useIsStale).ifPresent(this::noteUse);
    return token;
  }

  public List<Token> list() {
    return database.read(TokenTable::all);
  }

  /** Makes a token open nothing any more. Repeatable; false when there is no such token. */
  public boolean revoke(String id) {
    return database.write(handle -> TokenTable.revoke(handle, id, clock.instant())) > 0;
  }

  private boolean useIsStale(Token token) {
    var stale = clock.instant().minus(USE_IS_NOTED_EVERY);
    var last = Optional.ofNullable(noted.get(token.id())).or(token::lastUsedAt);
    return last.map(stale::isAfter).orElse(true);
  }

  private void noteUse(Token token) {
    var now = clock.instant();
    noted.put(token.id(), now);
    try {
      database.write(handle -> TokenTable.used(handle, token.id(), now));
    } catch (RuntimeException e) {
      // What the caller asks for may need no write, and be just what helps.
      log.warn("It cannot be noted that token {} was used: {}", token.id(), e.toString());
    }
  }
}
