package org.homeport.bridge.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.Header;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.homeport.bridge.log.AuditFile;
import org.homeport.spawn.identity.HubUser;
import org.homeport.spawn.image.ImageName;

/**
 * Writes down who asked for what, for whom, and how it went: a line of JSON for each request that
 * changes something, that takes files out of a home, or that was refused. Addresses are written
 * without their queries, and of bodies only the fields below, so that no secret gets there.
 *
 * <p>Strangers, who have neither a token nor a session, could fill the file. Of what they ask there
 * is one line a minute, with the number of those before it that got none.
 */
public final class Audit {
  private static final List<String> FIELDS =
      List.of("user", "serverName", "image", "name", "scope");
  private static final String SAID = "homeport.audit.said";
  private static final String CODE = "homeport.audit.code";
  private static final String VISITOR = "homeport.audit.visitor";
  private static final String ALWAYS = "homeport.audit.always";
  private static final int LONGEST = 255;
  private static final Duration STRANGERS_PACE = Duration.ofMinutes(1);

  private final AuditFile file;
  private final Clock clock;
  private Instant nextStranger = Instant.MIN;
  private long unwritten;

  public Audit(AuditFile file, Clock clock) {
    this.file = file;
    this.clock = clock;
  }

  /** Notes the visitor of a page, who is signed in at the hub. */
  public static void asks(Context ctx, HubUser visitor) {
    ctx.attribute(VISITOR, visitor);
  }

  /** Asks for a line although the request changes nothing, as it reads what is a user's own. */
  public static void always(Context ctx) {
    ctx.attribute(ALWAYS, true);
  }

  /** Notes the image of a request that names it neither in its path nor in its body. */
  public static void about(Context ctx, ImageName image) {
    ctx.attribute(SAID, Map.of("image", image.name()));
  }

  /** Notes whom and what a body is about. */
  static void note(Context ctx, JsonNode body) {
    var said = new LinkedHashMap<String, Object>();
    for (var field : FIELDS) {
      if (body.path(field).isTextual()) {
        said.put(field, cut(body.path(field).textValue()));
      }
    }
    ctx.attribute(SAID, said);
  }

  /** Notes why a request was refused. */
  static void note(Context ctx, Problem problem) {
    ctx.attribute(CODE, problem.code());
  }

  /** Writes the line of a request that has been answered, if it is worth one. */
  public void write(Context ctx) {
    var refused = ctx.statusCode() == 401 || ctx.statusCode() == 403;
    if (ctx.method() == HandlerType.GET && !refused && ctx.attribute(ALWAYS) == null) {
      return;
    }
    var line = line(ctx);
    if (line.containsKey("who") || isTurnOfStranger(line)) {
      file.write(new String(Json.write(line), StandardCharsets.UTF_8));
    }
  }

  private synchronized boolean isTurnOfStranger(Map<String, Object> line) {
    var now = clock.instant();
    if (now.isBefore(nextStranger)) {
      unwritten++;
      return false;
    }
    if (unwritten > 0) {
      line.put("unwritten", unwritten);
    }
    unwritten = 0;
    nextStranger = now.plus(STRANGERS_PACE);
    return true;
  }

  private Map<String, Object> line(Context ctx) {
    var line = new LinkedHashMap<String, Object>();
    line.put("time", clock.instant());
    Optional.<HubUser>ofNullable(ctx.attribute(VISITOR))
        .ifPresent(visitor -> line.put("who", visitor.name()));
    Access.caller(ctx)
        .ifPresent(
            token -> {
              line.put("who", token.name());
              line.put("token", token.id());
            });
    line.put("method", ctx.method().name());
    line.put("path", cut(ctx.path()));
    Optional.<Map<String, Object>>ofNullable(ctx.attribute(SAID)).ifPresent(line::putAll);
    Optional.ofNullable(ctx.pathParamMap().get("user"))
        .ifPresent(user -> line.put("user", cut(user)));
    line.put("status", ctx.statusCode());
    Optional.<String>ofNullable(ctx.attribute(CODE)).ifPresent(code -> line.put("code", code));
    if (Access.caller(ctx).isPresent()) { // the target of a page is not a result, and may be secret
      Optional.ofNullable(ctx.res().getHeader(Header.LOCATION))
          .ifPresent(made -> line.put("location", made));
    }
    line.put("reference", References.of(ctx).value());
    return line;
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
