package org.homeport.bridge.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.Header;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.homeport.bridge.log.AuditFile;
import org.homeport.spawn.identity.HubUser;
import org.homeport.spawn.image.ImageName;

/**
 * Writes down who asked for what, for whom, and how it went: a line of JSON for each request that
 * changes something, that takes files out of a home, or that was refused. Of an address without its
 * query, and of a body just the fields below, so that no secret gets there.
 */
public final class Audit {
  private static final List<String> FIELDS =
      List.of("user", "serverName", "image", "name", "scope");
  private static final String SAID = "homeport.audit.said";
  private static final String CODE = "homeport.audit.code";
  private static final String VISITOR = "homeport.audit.visitor";
  private static final String ALWAYS = "homeport.audit.always";
  private static final int LONGEST = 255;

  private final AuditFile file;
  private final Clock clock;

  public Audit(AuditFile file, Clock clock) {
    this.file = file;
    this.clock = clock;
  }

  /** Remembers who asks without a token, signed in at the hub. */
  public static void asks(Context ctx, HubUser visitor) {
    ctx.attribute(VISITOR, visitor);
  }

  /** Has a line written of a request that only looks, since what it looks at is a user's own. */
  public static void always(Context ctx) {
    ctx.attribute(ALWAYS, true);
  }

  /** Remembers which image a request is about that says it elsewhere than in its path and body. */
  public static void about(Context ctx, ImageName image) {
    ctx.attribute(SAID, Map.of("image", image.name()));
  }

  /** Remembers of a body whom and what it is about. */
  static void note(Context ctx, JsonNode body) {
    var said = new LinkedHashMap<String, Object>();
    for (var field : FIELDS) {
      if (body.path(field).isTextual()) {
        said.put(field, cut(body.path(field).textValue()));
      }
    }
    ctx.attribute(SAID, said);
  }

  /** Remembers why a request was refused. */
  static void note(Context ctx, Problem problem) {
    ctx.attribute(CODE, problem.code());
  }

  /** Called when the request is answered, however that went. */
  public void write(Context ctx) {
    var refused = ctx.statusCode() == 401 || ctx.statusCode() == 403;
    if (ctx.method() != HandlerType.GET || refused || ctx.attribute(ALWAYS) != null) {
      file.write(new String(Json.write(line(ctx)), StandardCharsets.UTF_8));
    }
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
    if (Access.caller(ctx).isPresent()) { // where pages lead to is no result, and may be a secret
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
