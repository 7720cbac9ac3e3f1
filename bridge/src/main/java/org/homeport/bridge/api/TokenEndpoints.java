package org.homeport.bridge.api;

import static org.homeport.bridge.web.Route.ADMIN;
import static org.homeport.bridge.web.Route.delete;
import static org.homeport.bridge.web.Route.get;
import static org.homeport.bridge.web.Route.post;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.javalin.http.Context;
import java.util.List;
import java.util.Set;
import org.homeport.bridge.token.AdminToken;
import org.homeport.bridge.token.Scope;
import org.homeport.bridge.token.Token;
import org.homeport.bridge.token.Tokens;
import org.homeport.bridge.web.BadRequest;
import org.homeport.bridge.web.Endpoints;
import org.homeport.bridge.web.Exchange;
import org.homeport.bridge.web.Items;
import org.homeport.bridge.web.Refused;
import org.homeport.bridge.web.Route;
import org.homeport.bridge.web.StrictFields;

/** The tokens of the API; the secret of one is told once, when it is made. */
public final class TokenEndpoints implements Endpoints {
  private final Tokens tokens;

  /** A new token with its secret. */
  private record Created(@JsonUnwrapped Token made, String token) {}

  public TokenEndpoints(Tokens tokens) {
    this.tokens = tokens;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        post("/api/v1/tokens", ADMIN, this::create),
        get("/api/v1/tokens", ADMIN, this::list),
        delete("/api/v1/tokens/{id}", ADMIN, this::revoke));
  }

  void create(Context ctx) {
    var fields = new StrictFields(Exchange.body(ctx), "", Set.of("name", "scope"));
    var name = fields.required("name", Token::checkName);
    if (AdminToken.isNameOfOwn(name)) {
      throw new BadRequest(
          "name", "The command line's own token has this name.", "Choose another name.");
    }
    var issued = tokens.issue(name, fields.required("scope", Scope::of));
    Exchange.answer(ctx, 201, new Created(issued.token(), issued.secret().value()));
  }

  void list(Context ctx) {
    Exchange.answer(ctx, new Items<>(tokens.list()));
  }

  void revoke(Context ctx) {
    var id = ctx.pathParam("id");
    if (tokens.list().stream().anyMatch(token -> token.id().equals(id) && isOwn(token))) {
      throw new Refused(
          409,
          "token-in-use",
          "The command line on this machine uses this token.",
          "To replace it, delete the file admin.token and restart the bridge.");
    }
    if (!tokens.revoke(id)) {
      throw Refused.notFound("token", id);
    }
    ctx.status(204);
  }

  private static boolean isOwn(Token token) {
    return AdminToken.isNameOfOwn(token.name()) && token.revokedAt().isEmpty();
  }
}
