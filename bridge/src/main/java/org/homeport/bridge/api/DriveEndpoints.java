package org.homeport.bridge.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.net.URI;
import java.util.Optional;
import org.homeport.bridge.backup.drive.DriveAccounts;
import org.homeport.bridge.backup.drive.DriveConnection;
import org.homeport.bridge.backup.drive.Secret;
import org.homeport.bridge.server.BadRequest;
import org.homeport.spawn.identity.HubUser;

/** The connection of a user's Google Drive: its state, its beginning, and its end. */
final class DriveEndpoints {
  private final Optional<DriveAccounts> accounts;

  /** The page on which the user consents. */
  private record Consent(URI consentUrl) {}

  /** Whether Google has confirmed the end; otherwise the user removes Homeport there. */
  private record Disconnected(boolean confirmed) {}

  /**
   * @param accounts empty where users connect nothing
   */
  DriveEndpoints(Optional<DriveAccounts> accounts) {
    this.accounts = accounts;
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
    var session = secret(Exchange.body(ctx), "session");
    Exchange.answer(ctx, new Consent(accounts().begin(user(ctx), session)));
  }

  /** Connects when the user came back from Google: {@code session}, {@code state}, {@code code}. */
  void finish(Context ctx) {
    var body = Exchange.body(ctx);
    var session = secret(body, "session");
    var state = secret(body, "state");
    var code = secret(body, "code");
    Exchange.answer(ctx, accounts().finish(user(ctx), session, state, code));
  }

  /** Connects by the grant that the hub got at sign-in: {@code refreshToken}. */
  void handOver(Context ctx) {
    var token = secret(Exchange.body(ctx), "refreshToken");
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

  private static Secret secret(JsonNode body, String field) {
    var text = body.path(field).asText();
    if (text.isBlank()) {
      throw new BadRequest(field, "The field " + field + " is missing.", "Add the field.");
    }
    return new Secret(text);
  }

  private static HubUser user(Context ctx) {
    return HubUser.of(ctx.pathParam("user"));
  }
}
