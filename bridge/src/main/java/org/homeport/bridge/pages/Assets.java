package org.homeport.bridge.pages;

import io.javalin.http.ContentType;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.NotFoundResponse;
import java.util.Map;

/** The style and the script of the pages: libraries out of their WebJars, and what is ours. */
final class Assets {
  private static final String WEBJARS = "/META-INF/resources/webjars/";

  /**
   * The files that a browser may ask for, and their places. The versions are those of the parent
   * pom.
   */
  private static final Map<String, String> FILES =
      Map.of(
          "bootstrap-5.3.8.min.css",
          WEBJARS + "bootstrap/5.3.8/css/bootstrap.min.css",
          "htmx-2.0.10.min.js",
          WEBJARS + "htmx.org/2.0.10/dist/htmx.min.js",
          "homeport.css",
          "homeport.css",
          "homeport.js",
          "homeport.js");

  private Assets() {}

  static void serve(Context ctx) {
    var name = ctx.pathParam("file");
    if (!FILES.containsKey(name)) {
      throw new NotFoundResponse();
    }
    var isOurs = name.startsWith("homeport.");
    ctx.contentType(name.endsWith(".css") ? ContentType.TEXT_CSS : ContentType.TEXT_JS)
        .header(
            Header.CACHE_CONTROL, isOurs ? "max-age=300" : "public, max-age=31536000, immutable")
        .result(Assets.class.getResourceAsStream(FILES.get(name)));
  }
}
