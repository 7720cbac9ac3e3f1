package org.homeport.bridge.pages;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How names become parts of addresses. */
final class Urls {
  private Urls() {}

  /** One segment of a path, or one value of a query. */
  static String part(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  static String query(Map<String, String> values) {
    return new TreeMap<>(values)
        .entrySet().stream()
            .map(entry -> entry.getKey() + "=" + part(entry.getValue()))
            .collect(Collectors.joining("&"));
  }
}
