package org.homeport.bridge.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.homeport.spawn.refusal.SpawnRefused;

/** Reads the fields of a JSON object, and refuses by name what is unknown or of another type. */
public final class StrictFields {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode node;
  private final String path;

  public StrictFields(JsonNode node, String path, Set<String> known) {
    if (node == null || !node.isObject()) {
      throw wrongType(path.isEmpty() ? "body" : path, "a JSON object");
    }
    this.node = node;
    this.path = path;
    for (var name : (Iterable<String>) node::fieldNames) {
      if (!known.contains(name)) {
        throw new BadRequest(
            at(name),
            "The field " + at(name) + " is unknown.",
            "Use the fields " + String.join(", ", new TreeSet<>(known)) + ".");
      }
    }
  }

  public static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  public <T> T required(String name, Function<String, T> type) {
    return optional(name, type)
        .orElseThrow(
            () ->
                new BadRequest(
                    at(name), "The field " + at(name) + " is missing.", "Add the field."));
  }

  public <T> Optional<T> optional(String name, Function<String, T> type) {
    return value(name).map(value -> checked(name, () -> type.apply(text(value, at(name)))));
  }

  public Optional<String> text(String name) {
    return optional(name, text -> text);
  }

  public OptionalLong whole(String name, long least, long most) {
    var value = value(name);
    if (value.isEmpty()) {
      return OptionalLong.empty();
    }
    var number = value.get();
    if (!number.canConvertToExactIntegral() || !number.canConvertToLong()) {
      throw wrongType(at(name), "a whole number");
    }
    if (number.asLong() < least || number.asLong() > most) {
      throw new BadRequest(
          at(name),
          "The field " + at(name) + " is " + number + ".",
          "Give a number from " + least + " to " + most + ".");
    }
    return OptionalLong.of(number.asLong());
  }

  public OptionalDouble number(String name) {
    var value = value(name);
    if (value.isEmpty()) {
      return OptionalDouble.empty();
    }
    if (!value.get().isNumber()) {
      throw wrongType(at(name), "a number");
    }
    return OptionalDouble.of(value.get().asDouble());
  }

  public List<String> texts(String name) {
    var texts = new ArrayList<String>();
    value(name)
        .ifPresent(
            list -> {
              if (!list.isArray()) {
                throw wrongType(at(name), "a list of strings");
              }
              for (var item : list) {
                texts.add(text(item, at(name) + "[" + texts.size() + "]"));
              }
            });
    return texts;
  }

  public Map<String, String> textMap(String name) {
    var texts = new LinkedHashMap<String, String>();
    value(name)
        .ifPresent(
            map -> {
              if (!map.isObject()) {
                throw wrongType(at(name), "a JSON object of strings");
              }
              map.properties()
                  .forEach(
                      entry ->
                          texts.put(
                              entry.getKey(),
                              text(entry.getValue(), at(name) + "." + entry.getKey())));
            });
    return texts;
  }

  public StrictFields object(String name, Set<String> known) {
    return new StrictFields(
        value(name).orElse(JsonNodeFactory.instance.objectNode()), at(name), known);
  }

  /** Makes a value, and says which field it was when the value is refused. */
  public <T> T checked(String name, Supplier<T> value) {
    try {
      return value.get();
    } catch (SpawnRefused e) {
      throw new BadRequest(at(name), e.getMessage(), e.remedy());
    } catch (IllegalArgumentException e) {
      throw new BadRequest(at(name), e.getMessage(), "Correct the field " + at(name) + ".");
    }
  }

  /** A field that is null is one that is left out. */
  private Optional<JsonNode> value(String name) {
    return Optional.ofNullable(node.get(name)).filter(value -> !value.isNull());
  }

  private String at(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private static String text(JsonNode value, String field) {
    if (!value.isTextual()) {
      throw wrongType(field, "a string");
    }
    if (value.textValue().indexOf('\0') >= 0) {
      throw new BadRequest(field, "The field " + field + " contains a NUL.", "Leave it out.");
    }
    return value.textValue();
  }

  private static BadRequest wrongType(String field, String type) {
    return new BadRequest(
        field, "The field " + field + " is not " + type + ".", "Give " + type + ".");
  }
}
