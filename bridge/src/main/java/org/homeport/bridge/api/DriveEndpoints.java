package org.homeport.bridge.api;

import static org.homeport.bridge.web.Route.ADMIN;
import static org.homeport.bridge.web.Route.HUB;
import static org.homeport.bridge.web.Route.READER;
import static org.homeport.bridge.web.Route.delete;
import static org.homeport.bridge.web.Route.get;
import static org.homeport.bridge.web.Route.post;

import io.javalin.http.Context;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.homeport.bridge.remote.drive.DriveAccounts;
import org.homeport.bridge.remote.drive.DriveConnection;
import org.homeport.bridge.token.Secret;
import org.homeport.bridge.web.Endpoints;
import org.homeport.bridge.web.Exchange;
import org.homeport.bridge.web.Refused;
import org.homeport.bridge.web.Route;
import org.homeport.bridge.web.StrictFields;
import org.homeport.spawn.identity.HubUser;

/** The connection of a user's Google Drive: its state, its beginning, and its end. */
public final class DriveEndpoints implements Endpoints {
  private final Optional<DriveAccounts> accounts;

  /** The page on which the user consents. */
  private record Consent(URI consentUrl) {}

  /** Whether Google has confirmed the end; otherwise the user removes Homeport there. */
  private record Disconnected(boolean confirmed) {}

  /**
   * @param accounts empty where users connect nothing
   */
  public DriveEndpoints(Optional<DriveAccounts> accounts) {
    this.accounts = accounts;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        get("/api/v1/users/{user}/drive", READER, this::show),
        post("/api/v1/users/{user}/drive", ADMIN, this::begin),
        post("/api/v1/users/{user}/drive/callback", ADMIN, this::finish),
        post("/api/v1/users/{user}/drive/grant", HUB, this::handOver),
        delete("/api/v1/users/{user}/drive", ADMIN, this::disconnect));
  }

  void show(Context ctx) {
    Exchange.answer(ctx, connection(ctx));
  }

  private DriveConnection connection(Context ctx) {
    return accounts()
        .find(user(ctx))
        .orElseThrow(
            () ->
                new Refused(
                    404,
                    "not-connected",
                    user(ctx) + " has not connected a Google Drive.",
                    "Connect it with POST."));
  }

  /** Begins to connect: {@code session} names the browser's session that will come back. */
  void begin(Context ctx) {
    var session = fields(ctx, "session").required("session", Secret::new);
    Exchange.answer(ctx, new Consent(accounts().begin(user(ctx), session)));
  }

  /** Connects when the user came back from Google: {@code session}, {@code state}, {@code code}. */
  void finish(Context ctx) {
    var body = fields(ctx, "session", "state", "code");
    var session = body.required("session", Secret::new);
    var state = body.required("state", Secret::new);
    var code = body.required("code", Secret::new);
    Exchange.answer(ctx, accounts().finish(user(ctx), session, state, code));
  }

  /** Connects by the grant that the hub got at sign-in: {@code refreshToken}. */
  void handOver(Context ctx) {
    var token = fields(ctx, "refreshToken").required("refreshToken", Secret::new);
    Exchange.answer(ctx, accounts().handOver(user(ctx), token));
  }

  void disconnect(Context ctx) {
    Exchange.answer(ctx, new Disconnected(accounts().disconnect(user(ctx))));
  }

  private DriveAccounts accounts() {
    return accounts.orElseThrow(
        () ->
            new Refused(
                409,
                "nothing-to-connect",
                "Users connect no Google Drive to this bridge.",
                "Set backup.remote to drive, with a client-id."));
  }

  private static StrictFields fields(Context ctx, String... known) {
    return new StrictFields(Exchange.body(ctx), "", Set.of(known));
  }

  private static HubUser user(Context ctx) {
    return HubUser.of(ctx.pathParam("user"));
  }
}
