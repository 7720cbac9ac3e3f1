package org.homeport.bridge.web;

import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.homeport.bridge.log.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns every exception into the one answer that the API and the pages give for it. */
public final class Problems {
  private static final Logger log = LoggerFactory.getLogger(Problems.class);

  private final Explanation features;

  /**
   * @param features explains the exceptions that this class does not know
   */
  public Problems(Explanation features) {
    this.features = features;
  }

  public void answer(Exception e, Context ctx) {
    var problem = explain(e, ctx);
    ctx.status(problem.status()).result(Json.write(problem)).contentType(Problem.CONTENT_TYPE);
  }

  /** Explains an exception to the caller; the log gets all the rest. */
  public Problem explain(Exception e, Context ctx) {
    var reference = References.of(ctx);
    var problem = Problem.of(refusal(e, ctx, reference), reference);
    reference.during(() -> log(ctx, problem, e));
    Audit.note(ctx, problem);
    return problem;
  }

  /** Answers when Java itself fails, such as out of memory. */
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

  private Refused refusal(Exception e, Context ctx, Reference reference) {
    if (e instanceof Refused refused) {
      return refused;
    }
    if (e instanceof BadRequest bad) {
      return new Refused(400, "bad-request", bad.getMessage(), bad.remedy(), bad.field());
    }
    if (e instanceof HttpResponseException http) {
      return http(http, ctx);
    }
    return features.of(e).orElseGet(() -> internal(reference));
  }

  /** Keeps the cause to the log: it may hold secrets. */
  private static Refused internal(Reference reference) {
    return new Refused(
        500,
        "internal-error",
        "Something went wrong inside Homeport.",
        "Tell the administrator the reference " + reference + ": the bridge's log explains it.");
  }

  /** Explains what Javalin finds wrong before a handler sees the request. */
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
              "The body is larger than " + WebServer.LARGEST_BODY + " bytes.",
              "Send less.");
      default ->
          new Refused(e.getStatus(), "bad-request", "The request is malformed.", "Correct it.");
    };
  }

  private static void allow(MethodNotAllowedResponse e, Context ctx) {
    ctx.header(Header.ALLOW, String.join(", ", e.getDetails().values()));
  }
}
