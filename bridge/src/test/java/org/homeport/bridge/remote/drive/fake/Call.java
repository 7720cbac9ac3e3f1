package org.homeport.bridge.remote.drive.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * One request, alone or out of a batch.
 *
 * @param headers by their names in lower case
 */
record Call(String method, String target, Map<String, String> headers, InputStream body) {
  static final ObjectMapper JSON = new ObjectMapper();

  Call {
    method = headers.getOrDefault("x-http-method-override", method);
  }

  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  List<String> path() {
    var path = target.split("[?]", 2)[0];
    return Arrays.stream(path.split("/"))
        .filter(part -> !part.isEmpty())
        .map(Call::decode)
        .toList();
  }

  Map<String, String> params() {
    var parts = target.split("[?]", 2);
    return parts.length == 1 ? Map.of() : form(parts[1]);
  }

  String param(String name) {
    return params().getOrDefault(name, "");
  }

  InputStream content() throws IOException {
    return header("content-encoding").equals("gzip") ? new GZIPInputStream(body) : body;
  }

  String text() throws IOException {
    return new String(content().readAllBytes(), StandardCharsets.UTF_8);
  }

  JsonNode json() throws IOException {
    var text = text();
    return text.isBlank() ? JsonNodeFactory.instance.objectNode() : JSON.readTree(text);
  }

  static Map<String, String> form(String text) {
    var fields = new LinkedHashMap<String, String>();
    for (var pair : text.split("&")) {
      var parts = pair.split("=", 2);
      fields.put(decode(parts[0]), parts.length == 2 ? decode(parts[1]) : "");
    }
    return fields;
  }

  static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
