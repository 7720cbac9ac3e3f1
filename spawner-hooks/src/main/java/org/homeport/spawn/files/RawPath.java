package org.homeport.spawn.files;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;

/**
 * A relative path, or one name, that stays below where it starts: no {@code ..}, nothing absolute.
 *
 * <p>Its text is the path's bytes as {@link RawText}; each path has exactly one text.
 */
public final class RawPath implements Comparable<RawPath> {

  /** The folder in which paths start; its text is empty. */
  public static final RawPath TOP = new RawPath("", true);

  private final String text;

  /**
   * A path below {@link #TOP}.
   *
   * @throws IllegalArgumentException unless the text is the one of such a path
   */
  public RawPath(String text) {
    this(text, true);
    checkNames(text);
    if (!RawText.of(RawText.bytes(text)).equals(text)) {
      throw new IllegalArgumentException("Not the one text of a path: '" + text + "'");
    }
  }

  /** For parts of paths, which need no check: a seed has thousands of them. */
  private RawPath(String text, boolean isOne) {
    this.text = text;
  }

  public static RawPath of(byte[] bytes) {
    var text = RawText.of(bytes);
    checkNames(text);
    return new RawPath(text, true);
  }

  /**
   * The path with this text, which for {@link #TOP} is empty.
   *
   * @throws IllegalArgumentException unless the text is the one of such a path
   */
  public static RawPath ofText(String text) {
    return text.isEmpty() ? TOP : new RawPath(text);
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

  public boolean isTop() {
    return text.isEmpty();
  }

  /** The folder that holds the last name; {@link #TOP} is its own parent. */
  public RawPath parent() {
    var slash = text.lastIndexOf('/');
    return slash < 0 ? TOP : new RawPath(text.substring(0, slash), true);
  }

  /** The last name; {@link #TOP} for itself. */
  public RawPath name() {
    var slash = text.lastIndexOf('/');
    return slash < 0 ? this : new RawPath(text.substring(slash + 1), true);
  }

  /** The names on the way, from the top. */
  public List<RawPath> names() {
    return isTop()
        ? List.of()
        : Arrays.stream(text.split("/")).map(name -> new RawPath(name, true)).toList();
  }

  /** The number of folders between this path and {@link #TOP}: 0 for what is right in it. */
  public int depth() {
    return (int) text.chars().filter(c -> c == '/').count();
  }

  public RawPath resolve(RawPath below) {
    if (isTop() || below.isTop()) {
      return isTop() ? below : this;
    }
    return new RawPath(text + "/" + below.text, true);
  }

  /** Tells whether this is the folder itself, or lies in it. */
  public boolean isWithin(RawPath folder) {
    return folder.isTop()
        || text.startsWith(folder.text)
            && (text.length() == folder.text.length() || text.charAt(folder.text.length()) == '/');
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
