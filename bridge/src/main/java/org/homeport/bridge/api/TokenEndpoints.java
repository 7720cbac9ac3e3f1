package org.homeport.bridge.api;

import static org.homeport.bridge.web.Route.ADMIN;
import static org.homeport.bridge.web.Route.delete;
import static org.homeport.bridge.web.Route.get;
import static org.homeport.bridge.web.Route.post;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.javalin.http.Context;
import java.util.List;
import java.util.Set;
import org.homeport.bridge.token.Scope;
import org.homeport.bridge.token.Token;
import org.homeport.bridge.token.Tokens;
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
    var issued = tokens.issue(name, fields.required("scope", Scope::of));
    Exchange.answer(ctx, 201, new Created(issued.token(), issued.secret().value()));
  }

  void list(Context ctx) {
    Exchange.answer(ctx, new Items<>(tokens.list()));
  }

  void revoke(Context ctx) {
    var id = ctx.pathParam("id");
    if (!tokens.revoke(id)) {
      throw Refused.notFound("token", id);
    }
    ctx.status(204);
  }
}
