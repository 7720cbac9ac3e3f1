package org.homeport.bridge.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.ContentType;
import io.javalin.http.Context;

/** How endpoints read a request and write its answer. */
final class Exchange {
  private Exchange() {}

  /** The body, which has to be JSON and to say so. */
  static JsonNode body(Context ctx) {
    var type = ctx.contentType();
    if (type == null || !type.split(";")[0].strip().equalsIgnoreCase(ContentType.JSON)) {
      throw new Refused(
          415,
          "unsupported-media-type",
          "The body is " + (type == null ? "of no stated type." : type + "."),
          "Send the header 'Content-Type: application/json'.");
    }
    return Json.read(ctx.bodyAsBytes());
  }

  /** Whether a query parameter such as {@code ?dry-run} is set. */
  static boolean flag(Context ctx, String name) {
    var value = ctx.queryParam(name);
    return value != null && !value.equals("false");
  }

  static void answer(Context ctx, int status, Object value) {
    ctx.status(status).result(Json.write(value)).contentType(ContentType.APPLICATION_JSON);
  }

  static void answer(Context ctx, Object value) {
    answer(ctx, 200, value);
  }
}
