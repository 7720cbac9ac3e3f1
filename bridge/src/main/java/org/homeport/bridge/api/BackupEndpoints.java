package org.homeport.bridge.api;

import static org.homeport.bridge.web.Route.ADMIN;
import static org.homeport.bridge.web.Route.READER;
import static org.homeport.bridge.web.Route.get;
import static org.homeport.bridge.web.Route.post;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.homeport.bridge.backup.BackupFeature;
import org.homeport.bridge.backup.Backups;
import org.homeport.bridge.backup.RestorePoint;
import org.homeport.bridge.backup.Restores;
import org.homeport.bridge.backup.VerifySample;
import org.homeport.bridge.run.Run;
import org.homeport.bridge.token.Token;
import org.homeport.bridge.tree.TreeId;
import org.homeport.bridge.web.Access;
import org.homeport.bridge.web.Audit;
import org.homeport.bridge.web.BadRequest;
import org.homeport.bridge.web.Downloads;
import org.homeport.bridge.web.Endpoints;
import org.homeport.bridge.web.EventStreams;
import org.homeport.bridge.web.Exchange;
import org.homeport.bridge.web.Items;
import org.homeport.bridge.web.Refused;
import org.homeport.bridge.web.Route;
import org.homeport.bridge.web.StrictFields;
import org.homeport.spawn.identity.HubUser;

/** Backups, restores and verifications of a user's home, and what was saved. */
public final class BackupEndpoints implements Endpoints {
  private static final int MOST_RUNS = 100;

  private final BackupFeature feature;
  private final EventStreams streams;
  private final Downloads downloads;

  public BackupEndpoints(BackupFeature feature, EventStreams streams, Downloads downloads) {
    this.feature = feature;
    this.streams = streams;
    this.downloads = downloads;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        post("/api/v1/users/{user}/backups", ADMIN, this::backUp)
            .asking("dry-run", "consent", "begin-anew"),
        get("/api/v1/users/{user}/backups", READER, list(Run.Kind.BACKUP)),
        get("/api/v1/users/{user}/backups/{number}", READER, show(Run.Kind.BACKUP)),
        get("/api/v1/users/{user}/backups/{number}/events", READER, events(Run.Kind.BACKUP)),
        get("/api/v1/users/{user}/backups/{number}/files", ADMIN, this::files)
            .asking("path", "after"),
        post("/api/v1/users/{user}/restores", ADMIN, this::restore).asking("dry-run"),
        get("/api/v1/users/{user}/restores", READER, list(Run.Kind.RESTORE)),
        get("/api/v1/users/{user}/restores/{number}", READER, show(Run.Kind.RESTORE)),
        get("/api/v1/users/{user}/restores/{number}/events", READER, events(Run.Kind.RESTORE)),
        post("/api/v1/users/{user}/verifications", ADMIN, this::verify)
            .asking("read-data", "sample"),
        get("/api/v1/users/{user}/verifications", READER, list(Run.Kind.VERIFICATION)),
        get("/api/v1/users/{user}/verifications/{number}", READER, show(Run.Kind.VERIFICATION)),
        get(
            "/api/v1/users/{user}/verifications/{number}/events",
            READER,
            events(Run.Kind.VERIFICATION)),
        get("/api/v1/users/{user}/versions", ADMIN, this::versions).asking("path"),
        get("/api/v1/users/{user}/download", ADMIN, this::download));
  }

  /** Begins a backup or joins the one under way; {@code ?dry-run} only tells. */
  void backUp(Context ctx) {
    var request =
        new Backups.Request(
            caller(ctx), Exchange.flag(ctx, "consent"), Exchange.flag(ctx, "begin-anew"));
    if (Exchange.flag(ctx, "dry-run")) {
      Exchange.answer(ctx, feature.backups().preview(tree(ctx)));
    } else {
      begun(ctx, feature.backups().start(tree(ctx), request));
    }
  }

  /** Begins a restore; {@code ?dry-run} only tells. */
  void restore(Context ctx) {
    var body = new StrictFields(Exchange.body(ctx), "", Set.of("run", "at", "path", "into"));
    var request =
        new Restores.Request(
            caller(ctx), point(body), body.text("path").orElse(""), body.text("into"));
    if (Exchange.flag(ctx, "dry-run")) {
      Exchange.answer(ctx, feature.restores().preview(tree(ctx), request));
    } else {
      begun(ctx, feature.restores().start(tree(ctx), request));
    }
  }

  /** Begins a verification; {@code ?read-data} reads all back, {@code ?sample=1/30} a part. */
  void verify(Context ctx) {
    begun(ctx, feature.verifications().start(tree(ctx), caller(ctx), sample(ctx)));
  }

  Handler list(Run.Kind kind) {
    return ctx ->
        Exchange.answer(ctx, new Items<>(feature.runs().latest(tree(ctx), kind, MOST_RUNS)));
  }

  Handler show(Run.Kind kind) {
    return ctx -> Exchange.answer(ctx, run(ctx, kind));
  }

  Handler events(Run.Kind kind) {
    return ctx -> {
      var run = run(ctx, kind);
      var events = feature.runs().events(run.tree(), run.number()).orElseThrow();
      streams.open(ctx, new RunEventSource(events));
    };
  }

  /** Lists the folder {@code ?path=} of the home as a backup saved it. */
  void files(Context ctx) {
    Audit.always(ctx);
    var run = run(ctx, Run.Kind.BACKUP);
    var after = Optional.ofNullable(ctx.queryParam("after")).orElse("");
    Exchange.answer(ctx, feature.files().in(run.tree(), run.number(), path(ctx), after));
  }

  /** All saved versions of the file {@code ?path=}. */
  void versions(Context ctx) {
    Audit.always(ctx);
    Exchange.answer(ctx, new Items<>(feature.files().versions(tree(ctx), path(ctx))));
  }

  /** The whole home as a zip, made while it is sent. */
  void download(Context ctx) {
    Audit.always(ctx);
    var zip = feature.zip().of(tree(ctx));
    downloads.send(ctx, tree(ctx).user(), "home.zip", zip::write);
  }

  private static void begun(Context ctx, Run run) {
    Exchange.location(ctx, "users", run.user(), run.kind() + "s", run.number());
    Exchange.answer(ctx, 202, run);
  }

  private Run run(Context ctx, Run.Kind kind) {
    var number = ctx.pathParam("number");
    return number(number)
        .flatMap(known -> feature.runs().find(tree(ctx), known))
        .filter(run -> run.kind() == kind)
        .orElseThrow(() -> Refused.notFound(kind.toString(), number));
  }

  private static Optional<Long> number(String text) {
    return text.matches("\\d{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }

  private static RestorePoint point(StrictFields body) {
    var run = body.whole("run", 1, Long.MAX_VALUE);
    var at = body.optional("at", BackupEndpoints::moment);
    if (run.isPresent() && at.isPresent()) {
      throw new BadRequest("at", "There are both run and at.", "Leave one of them out.");
    }
    if (run.isPresent()) {
      return new RestorePoint.OfRun(run.getAsLong());
    }
    return at.<RestorePoint>map(RestorePoint.At::new).orElseGet(RestorePoint.Latest::new);
  }

  private static Instant moment(String at) {
    try {
      if (at.endsWith("Z")) {
        return Instant.parse(at);
      }
    } catch (DateTimeParseException e) {
      // refused below
    }
    throw new BadRequest(
        "at", "'" + at + "' is no moment in UTC.", "Send one such as 2026-10-03T02:14:00Z.");
  }

  private static VerifySample sample(Context ctx) {
    var all = Exchange.flag(ctx, "read-data");
    var text = ctx.queryParam("sample");
    if (text == null) {
      return all ? VerifySample.ALL : VerifySample.NONE;
    }
    try {
      return VerifySample.of(text);
    } catch (IllegalArgumentException e) {
      throw new BadRequest("sample", "'" + text + "' is no part.", "Ask for one such as 1/30.");
    }
  }

  private static String path(Context ctx) {
    var path = ctx.queryParam("path");
    return path == null ? "" : path;
  }

  private static TreeId tree(Context ctx) {
    return TreeId.home(HubUser.of(ctx.pathParam("user")));
  }

  private static String caller(Context ctx) {
    return Access.caller(ctx).map(Token::name).orElse("nobody");
  }
}
