package org.homeport.bridge.remote.drive.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A partial response: what {@code fields=} asks for, such as {@code a,b(c,d),e/f}. */
record FieldMask(Map<String, FieldMask> fields) {
  private static final FieldMask ALL = new FieldMask(Map.of());

  static FieldMask parse(String text) {
    var fields = new LinkedHashMap<String, FieldMask>();
    for (var part : parts(text)) {
      var name = part.split("[(/]", 2)[0];
      var rest = part.substring(name.length());
      var inner =
          rest.isEmpty()
              ? ALL
              : parse(
                  rest.startsWith("/") ? rest.substring(1) : rest.substring(1, rest.length() - 1));
      fields.put(name, inner);
    }
    return new FieldMask(fields);
  }

  JsonNode of(JsonNode node) {
    if (fields.isEmpty() || fields.containsKey("*")) {
      return node;
    }
    if (node instanceof ArrayNode array) {
      var masked = JsonNodeFactory.instance.arrayNode();
      array.forEach(each -> masked.add(of(each)));
      return masked;
    }
    if (node instanceof ObjectNode object) {
      var masked = JsonNodeFactory.instance.objectNode();
      fields.forEach(
          (name, inner) -> {
            if (object.has(name)) {
              masked.set(name, inner.of(object.get(name)));
            }
          });
      return masked;
    }
    return node;
  }

  /** Splits at the commas that stand outside of brackets. */
  private static List<String> parts(String text) {
    var parts = new ArrayList<String>();
    var depth = 0;
    var start = 0;
    for (var i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '(' -> depth++;
        case ')' -> depth--;
        case ',' -> {
          if (depth == 0) {
            parts.add(text.substring(start, i).strip());
            start = i + 1;
          }
        }
        default -> {}
      }
    }
    parts.add(text.substring(start).strip());
    if (depth != 0 || parts.contains("")) {
      throw DriveProblem.invalid("Invalid field selection " + text);
    }
    return parts;
  }
}
