package org.homeport.bridge.remote.drive.fake;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** An answer of the fake Drive. */
record Answer(int status, Map<String, String> headers, InputStream body, long length) {

  static Answer json(int status, JsonNode json) {
    return text(status, "application/json; charset=UTF-8", json.toString());
  }

  static Answer ok(JsonNode json) {
    return json(200, json);
  }

  static Answer html(String html) {
    return text(200, "text/html; charset=UTF-8", html);
  }

  static Answer text(int status, String type, String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    return new Answer(
        status, Map.of("Content-Type", type), new ByteArrayInputStream(bytes), bytes.length);
  }

  static Answer empty(int status, Map<String, String> headers) {
    return new Answer(status, headers, InputStream.nullInputStream(), 0);
  }

  static Answer redirect(String location) {
    return empty(302, Map.of("Location", location));
  }

  Answer with(Map<String, String> more) {
    var all = new HashMap<>(headers);
    all.putAll(more);
    return new Answer(status, all, body, length);
  }
}
