package org.homeport.bridge.remote.drive.fake;

import java.time.Instant;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Understands the search terms of {@code files.list} that Homeport and rclone use. */
final class Query {
  private static final Pattern TOKEN =
      Pattern.compile("\\s*('(?:[^'\\\\]|\\\\.)*'|[(){}]|!=|<=|>=|[=<>]|[A-Za-z]+)");

  private final java.util.regex.Matcher matcher;
  private final String text;
  private String token;

  private Query(String text) {
    this.text = text;
    this.matcher = TOKEN.matcher(text);
    next();
  }

  static Predicate<StoredFile> parse(String text) {
    if (text == null || text.isBlank()) {
      return file -> true;
    }
    var query = new Query(text);
    var predicate = query.anyOf();
    if (query.token != null) {
      throw query.invalid();
    }
    return predicate;
  }

  private Predicate<StoredFile> anyOf() {
    var left = allOf();
    while ("or".equals(token)) {
      next();
      left = left.or(allOf());
    }
    return left;
  }

  private Predicate<StoredFile> allOf() {
    var left = term();
    while ("and".equals(token)) {
      next();
      left = left.and(term());
    }
    return left;
  }

  private Predicate<StoredFile> term() {
    if ("not".equals(token)) {
      next();
      return term().negate();
    }
    if ("(".equals(token)) {
      next();
      var inner = anyOf();
      expect(")");
      return inner;
    }
    if (token != null && token.startsWith("'")) {
      var id = value();
      expect("in");
      expect("parents");
      return file ->
          file.parent != null
              && (id.equals("root") ? file.parent.parent == null : file.parent.id.equals(id));
    }
    var field = word();
    var operator = word();
    return switch (field) {
      case "name" -> compare(operator, value(), file -> file.name);
      case "mimeType" -> compare(operator, value(), file -> file.mimeType);
      case "trashed" -> {
        var wanted = Boolean.parseBoolean(word()) == operator.equals("=");
        yield file -> file.isTrashed() == wanted;
      }
      case "modifiedTime" -> {
        var time = Instant.parse(value());
        yield file -> operator.startsWith(">") == file.modified.isAfter(time);
      }
      case "appProperties" -> tag();
      default -> throw invalid();
    };
  }

  private Predicate<StoredFile> tag() {
    expect("{");
    expect("key");
    expect("=");
    var key = value();
    expect("and");
    expect("value");
    expect("=");
    var wanted = value();
    expect("}");
    return file -> wanted.equals(file.tags.get(key));
  }

  private Predicate<StoredFile> compare(
      String operator, String value, java.util.function.Function<StoredFile, String> field) {
    return switch (operator) {
      case "=" -> file -> field.apply(file).equals(value);
      case "!=" -> file -> !field.apply(file).equals(value);
      case "contains" -> file -> field.apply(file).contains(value);
      default -> throw invalid();
    };
  }

  private String value() {
    var quoted = word();
    if (!quoted.startsWith("'")) {
      throw invalid();
    }
    return quoted.substring(1, quoted.length() - 1).replaceAll("\\\\(.)", "$1");
  }

  private String word() {
    if (token == null) {
      throw invalid();
    }
    var word = token;
    next();
    return word;
  }

  private void expect(String expected) {
    if (!expected.equals(word())) {
      throw invalid();
    }
  }

  private void next() {
    if (matcher.regionStart() == text.stripTrailing().length()) {
      token = null;
    } else if (matcher.lookingAt()) {
      token = matcher.group(1);
      matcher.region(matcher.end(), text.length());
    } else {
      throw invalid();
    }
  }

  private DriveProblem invalid() {
    return DriveProblem.invalid("Invalid Value: the query is " + text);
  }
}
