package org.homeport.bridge.web;

import io.javalin.http.Context;
import io.javalin.http.Header;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.homeport.bridge.token.Scope;
import org.homeport.bridge.token.Secret;
import org.homeport.bridge.token.Token;
import org.homeport.bridge.token.Tokens;

/**
 * Decides who may call what: by the bearer token, and by nothing that a browser would send on its
 * own, so that a page from elsewhere cannot borrow anybody's rights.
 */
public final class Access {
  private static final String SCHEME = "Bearer ";
  private static final String TOKEN = "homeport.token";

  private final Tokens tokens;

  public Access(Tokens tokens) {
    this.tokens = tokens;
  }

  /** Lets the caller pass, or throws {@link Refused} with 401 or 403. */
  public void check(Context ctx, Set<Scope> scopes) {
    if (scopes.isEmpty()) {
      return;
    }
    var token = secret(ctx).flatMap(tokens::find).orElseThrow(() -> unauthorized(ctx));
    ctx.attribute(TOKEN, token);
    if (!scopes.contains(token.scope())) {
      throw new Refused(
          403,
          "scope-missing",
          "The token '%s' has the scope %s, and this needs %s."
              .formatted(token.name(), token.scope(), String.join(" or ", words(scopes))),
          "Use another token, or make one: homeport token create --scope … NAME");
    }
  }

  /** Returns the caller, once the check has passed. */
  public static Optional<Token> caller(Context ctx) {
    return Optional.ofNullable(ctx.attribute(TOKEN));
  }

  private static Optional<Secret> secret(Context ctx) {
    var header = ctx.header(Header.AUTHORIZATION);
    return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? Secret.of(header.substring(SCHEME.length()))
        : Optional.empty();
  }

  private static Refused unauthorized(Context ctx) {
    ctx.header(Header.WWW_AUTHENTICATE, "Bearer realm=\"homeport\"");
    return new Refused(
        401,
        "token-missing",
        "The request has no token, or one that is unknown or revoked.",
        "Send the header 'Authorization: Bearer …' with a token of 'homeport token create'.");
  }

  private static Set<String> words(Set<Scope> scopes) {
    var words = new TreeSet<String>();
    scopes.forEach(scope -> words.add(scope.toString()));
    return words;
  }
}
