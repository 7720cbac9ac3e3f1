package org.homeport.bridge.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.ContentType;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How endpoints read a request and write its answer. */
public final class Exchange {
  private Exchange() {}

  /** The body, which has to be JSON and to say so. */
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

  /** Whether a query parameter is set: {@code ?dry-run} or {@code ?dry-run=true}. */
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

  /** Says where to look at what the request began. */
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
