package org.homeport.bridge.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code tokens}. */
final class TokenTable {
  private TokenTable() {}

  /** A row: the token and the hash of its secret. */
  private record Hashed(Token token, String hash) {
    /** Takes the same time whichever character differs first. */
    boolean isOf(Secret secret) {
      return MessageDigest.isEqual(ascii(hash), ascii(secret.hash()));
    }

    private static byte[] ascii(String text) {
      return text.getBytes(StandardCharsets.US_ASCII);
    }
  }

  static void insert(Handle handle, Token token, String hash) {
    handle.execute(
        "INSERT INTO tokens (id, name, scope, hash, created_at) VALUES (?, ?, ?, ?, ?)",
        token.id(),
        token.name(),
        token.scope().toString(),
        hash,
        token.createdAt().toString());
  }

  static Optional<Token> valid(Handle handle, Secret secret) {
    return handle
        .createQuery("SELECT * FROM tokens WHERE hash = :hash AND revoked_at IS NULL")
        .bind("hash", secret.hash())
        .map(TokenTable::row)
        .findOne()
        .filter(row -> row.isOf(secret))
        .map(Hashed::token);
  }

  static List<Token> all(Handle handle) {
    return handle
        .createQuery("SELECT * FROM tokens ORDER BY created_at, id")
        .map(TokenTable::row)
        .map(Hashed::token)
        .list();
  }

  static int used(Handle handle, String id, Instant at) {
    return handle.execute("UPDATE tokens SET last_used_at = ? WHERE id = ?", at.toString(), id);
  }

  static int revoke(Handle handle, String id, Instant at) {
    return handle.execute(
        "UPDATE tokens SET revoked_at = COALESCE(revoked_at, ?) WHERE id = ?", at.toString(), id);
  }

  private static Hashed row(ResultSet row, StatementContext context) throws SQLException {
    var token =
        new Token(
            row.getString("id"),
            row.getString("name"),
            Scope.of(row.getString("scope")),
            Instant.parse(row.getString("created_at")),
            Optional.ofNullable(row.getString("last_used_at")).map(Instant::parse),
            Optional.ofNullable(row.getString("revoked_at")).map(Instant::parse));
    return new Hashed(token, row.getString("hash"));
  }
}
