package org.homeport.bridge.web;

import static java.util.Map.entry;

import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.homeport.bridge.api.Api;
import org.homeport.bridge.engine.EngineRejected;
import org.homeport.bridge.engine.EngineUnavailable;
import org.homeport.bridge.log.Reference;
import org.homeport.bridge.remote.RemoteFailure;
import org.homeport.bridge.remote.RemoteUnavailable;
import org.homeport.spawn.refusal.SpawnRefused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns every exception into the one answer that the API gives for it. */
public final class Problems {
  private static final Logger log = LoggerFactory.getLogger(Problems.class);

  /** What a refused spawn is in HTTP's words, and the field of the request that it is about. */
  private record Meaning(int status, String field) {}

  /** Any other refusal is a conflict with how the host is at the moment. */
  private static final Meaning CONFLICT = new Meaning(409, null);

  private static final Map<String, Meaning> REFUSALS =
      Map.ofEntries(
          entry("bad-user-name", new Meaning(400, "user")),
          entry("bad-server-name", new Meaning(400, "serverName")),
          entry("bad-image-name", new Meaning(400, "image")),
          entry("bad-limit", new Meaning(400, "limits")),
          entry("image-not-allowed", new Meaning(403, "image")),
          entry("account-not-allowed", new Meaning(403, "user")),
          entry("account-missing", new Meaning(409, "user")),
          entry("image-missing", new Meaning(409, "image")),
          entry("image-unavailable", new Meaning(409, "image")),
          entry("accounts-unavailable", new Meaning(503, null)),
          entry("unknown-user", new Meaning(404, "user")),
          entry("unknown-backup", new Meaning(404, null)),
          entry("nothing-saved", new Meaning(404, "path")),
          entry("bad-path", new Meaning(400, "path")));

  private Problems() {}

  public static void answer(Exception e, Context ctx) {
    var problem = explain(e, ctx);
    ctx.status(problem.status()).result(Json.write(problem)).contentType(Problem.CONTENT_TYPE);
  }

  /** What there is to say of an exception; writes it to the log, which holds all the rest. */
  public static Problem explain(Exception e, Context ctx) {
    var reference = References.of(ctx);
    var problem = Problem.of(refusal(e, ctx, reference), reference);
    reference.during(() -> log(ctx, problem, e));
    Audit.note(ctx, problem);
    return problem;
  }

  /** The answer when Java itself fails, such as for want of memory; the bridge goes on. */
  public static void answerFatal(HttpServletResponse response, Error e) {
    var reference = Reference.next();
    reference.during(() -> log.error("a request failed", e));
    try {
      response.setStatus(500);
      response.setContentType(Problem.CONTENT_TYPE);
      response.getOutputStream().write(Json.write(Problem.of(internal(reference), reference)));
    } catch (IOException gone) {
      log.debug("nobody waits for the answer", gone);
    }
  }

  private static void log(Context ctx, Problem problem, Exception e) {
    if (problem.status() >= 500) {
      log.error("{} {}: {}", ctx.method(), ctx.path(), problem.code(), e);
    } else {
      log.info("{} {}: {}: {}", ctx.method(), ctx.path(), problem.code(), problem.message());
    }
  }

  private static Refused refusal(Exception e, Context ctx, Reference reference) {
    if (e instanceof Refused refused) {
      return refused;
    }
    if (e instanceof BadRequest bad) {
      return new Refused(400, "bad-request", bad.getMessage(), bad.remedy(), bad.field());
    }
    if (e instanceof SpawnRefused spawn) {
      var meaning = REFUSALS.getOrDefault(spawn.code(), CONFLICT);
      return new Refused(
          meaning.status(), spawn.code(), spawn.getMessage(), spawn.remedy(), meaning.field());
    }
    if (e instanceof RemoteFailure remote) {
      return remote(remote);
    }
    if (e instanceof EngineUnavailable) {
      return new Refused(
          503,
          "engine-unavailable",
          e.getMessage(),
          "Servers that run go on running. Try again in a moment; 'homeport doctor' tells more.");
    }
    if (e instanceof EngineRejected) {
      return new Refused(
          500,
          "engine-rejected",
          e.getMessage(),
          "Ask the administrator; the engine's own log tells more.");
    }
    if (e instanceof HttpResponseException http) {
      return http(http, ctx);
    }
    return internal(reference);
  }

  /** Tells nothing of what went wrong: that may hold secrets. */
  private static Refused internal(Reference reference) {
    return new Refused(
        500,
        "internal-error",
        "Something went wrong inside Homeport.",
        "Tell the administrator the reference " + reference + ": the bridge's log has the story.");
  }

  /** What the storage of the backups answered to a question that was asked on the way. */
  private static Refused remote(RemoteFailure e) {
    return e instanceof RemoteUnavailable
        ? new Refused(503, "remote-unavailable", e.getMessage(), "Try again in a moment.")
        : new Refused(
            502, "remote-rejected", e.getMessage(), "Ask the administrator, or connect again.");
  }

  /** What Javalin finds wrong before a handler sees the request. */
  private static Refused http(HttpResponseException e, Context ctx) {
    return switch (e.getStatus()) {
      case 404 -> Refused.notFound("resource", ctx.path());
      case 405 -> {
        allow((MethodNotAllowedResponse) e, ctx);
        yield new Refused(
            405,
            "method-not-allowed",
            ctx.path() + " does not answer " + ctx.method() + ".",
            "Use one of the methods in the header Allow.");
      }
      case 413 ->
          new Refused(
              413,
              "body-too-large",
              "The body is larger than " + Api.LARGEST_BODY + " bytes.",
              "Send less.");
      default ->
          new Refused(e.getStatus(), "bad-request", "The request is malformed.", "Correct it.");
    };
  }

  private static void allow(MethodNotAllowedResponse e, Context ctx) {
    ctx.header(Header.ALLOW, String.join(", ", e.getDetails().values()));
  }
}
