package org.homeport.spawn.files;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A relative path, or one name, that stays below where it starts: no {@code ..}, nothing absolute.
 *
 * <p>Its text is the path's bytes as {@link RawText}; one text for one path.
 */
public final class RawPath implements Comparable<RawPath> {
  private final String text;

  /**
   * @throws IllegalArgumentException unless the text is the one of such a path
   */
  public RawPath(String text) {
    this(text, true);
    checkNames(text);
    if (!RawText.of(RawText.bytes(text)).equals(text)) {
      throw new IllegalArgumentException("Not the one text of a path: '" + text + "'");
    }
  }

  /** For the parts of paths, which are paths: a seed takes thousands of them apart. */
  private RawPath(String text, boolean isOne) {
    this.text = text;
  }

  public static RawPath of(byte[] bytes) {
    var text = RawText.of(bytes);
    checkNames(text);
    return new RawPath(text, true);
  }

  private static void checkNames(String text) {
    var start = 0;
    for (var slash = text.indexOf('/'); slash >= 0; slash = text.indexOf('/', start)) {
      checkName(text, start, slash);
      start = slash + 1;
    }
    checkName(text, start, text.length());
  }

  private static void checkName(String text, int start, int end) {
    var isItself = end - start == 1 && text.charAt(start) == '.';
    var isParent = end - start == 2 && text.startsWith("..", start);
    if (end == start || isItself || isParent || text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("Not a path below a folder: '" + text + "'");
    }
  }

  /** A path that Homeport itself spells, in Unicode. */
  public static RawPath of(String path) {
    return new RawPath(path.replace("%", "%25"));
  }

  @JsonValue
  public String text() {
    return text;
  }

  public byte[] bytes() {
    return RawText.bytes(text);
  }

  public Optional<RawPath> parent() {
    var slash = text.lastIndexOf('/');
    return slash < 0 ? Optional.empty() : Optional.of(new RawPath(text.substring(0, slash), true));
  }

  public RawPath name() {
    var slash = text.lastIndexOf('/');
    return slash < 0 ? this : new RawPath(text.substring(slash + 1), true);
  }

  /** The names on the way, from the top. */
  public List<RawPath> names() {
    return Arrays.stream(text.split("/")).map(name -> new RawPath(name, true)).toList();
  }

  public RawPath resolve(RawPath below) {
    return new RawPath(text + "/" + below.text, true);
  }

  /** Whether this is the other path, or a folder above it. */
  public boolean leadsTo(RawPath other) {
    return other.text.startsWith(text)
        && (other.text.length() == text.length() || other.text.charAt(text.length()) == '/');
  }

  /** A folder sorts right before everything that is in it. */
  @Override
  public int compareTo(RawPath other) {
    var shared = Math.min(text.length(), other.text.length());
    for (var i = 0; i < shared; i++) {
      var difference = order(text.charAt(i)) - order(other.text.charAt(i));
      if (difference != 0) {
        return difference;
      }
    }
    return text.length() - other.text.length();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RawPath path && text.equals(path.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }

  private static int order(char c) {
    return c == '/' ? -1 : c;
  }
}
