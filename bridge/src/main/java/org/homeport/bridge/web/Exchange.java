package org.homeport.bridge.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.ContentType;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads requests and writes answers, for all endpoints. */
public final class Exchange {
  private Exchange() {}

  /** Reads the body, which has to be JSON and to say so. */
  public static JsonNode body(Context ctx) {
    var type = ctx.contentType();
    if (type == null || !type.split(";")[0].strip().equalsIgnoreCase(ContentType.JSON)) {
      throw new Refused(
          415,
          "unsupported-media-type",
          "The body is " + (type == null ? "of no stated type." : type + "."),
          "Send the header 'Content-Type: application/json'.");
    }
    var body = Json.read(ctx.bodyAsBytes());
    Audit.note(ctx, body);
    return body;
  }

  /** Refuses parameters that a request of the API does not have, such as mistyped ones. */
  static void refuseUnknown(Context ctx, Set<String> known) {
    if (!ctx.path().startsWith("/api/")) {
      return; // monitoring tools may add what they like
    }
    for (var name : ctx.queryParamMap().keySet()) {
      if (!known.contains(name)) {
        throw new BadRequest(
            name,
            "The query parameter " + name + " is unknown.",
            known.isEmpty()
                ? "Leave it out."
                : "Use " + String.join(", ", new TreeSet<>(known)) + ".");
      }
    }
  }

  /** Tells whether a query parameter is set: {@code ?dry-run} or {@code ?dry-run=true}. */
  public static boolean flag(Context ctx, String name) {
    var value = ctx.queryParam(name);
    if (value == null || value.equals("false")) {
      return false;
    }
    if (value.isEmpty() || value.equals("true")) {
      return true;
    }
    throw new BadRequest(
        name, "'" + value + "' is neither true nor false.", "Say ?" + name + ", or leave it out.");
  }

  /** Tells the address of what the request began. */
  public static void location(Context ctx, Object... parts) {
    var path =
        Stream.of(parts)
            .map(part -> Urls.part(part.toString()))
            .collect(Collectors.joining("/", "/api/v1/", ""));
    ctx.header(Header.LOCATION, path);
  }

  public static void answer(Context ctx, int status, Object value) {
    ctx.status(status).result(Json.write(value)).contentType(ContentType.APPLICATION_JSON);
  }

  public static void answer(Context ctx, Object value) {
    answer(ctx, 200, value);
  }
}
