package org.homeport.bridge.remote.drive;

import static java.util.Map.entry;

import java.net.URLConnection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The media type that a file's name suggests; by it Drive decides whether to show a preview. */
final class MediaType {
  static final String BYTES = "application/octet-stream";

  /** Endings that courses use and Java's own list does not know, or knows as something else. */
  private static final Map<String, String> COURSES =
      Map.ofEntries(
          entry("ipynb", "application/x-ipynb+json"),
          entry("r", "text/plain"),
          entry("rmd", "text/markdown"),
          entry("qmd", "text/markdown"),
          entry("jl", "text/plain"),
          entry("cpp", "text/plain"),
          entry("hpp", "text/plain"),
          entry("sh", "text/plain"),
          entry("sql", "text/plain"),
          entry("rst", "text/plain"),
          entry("log", "text/plain"),
          entry("toml", "text/plain"),
          entry("yml", "text/plain"),
          entry("yaml", "text/plain"));

  private MediaType() {}

  static String of(String name) {
    var ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return Optional.ofNullable(COURSES.get(ending))
        .or(() -> Optional.ofNullable(URLConnection.guessContentTypeFromName("a." + ending)))
        .orElse(BYTES);
  }
}
