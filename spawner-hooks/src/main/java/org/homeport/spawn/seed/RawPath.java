package org.homeport.spawn.seed;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A relative path, or one name, that stays below where it starts: no {@code ..}, nothing absolute.
 *
 * @param text the path's bytes as {@link RawText}; one text for one path
 */
public record RawPath(@JsonValue String text) implements Comparable<RawPath> {
  public RawPath {
    for (var name : text.split("/", -1)) {
      if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('\0') >= 0) {
        throw new IllegalArgumentException("Not a path below a folder: '" + text + "'");
      }
    }
    if (!RawText.of(RawText.bytes(text)).equals(text)) {
      throw new IllegalArgumentException("Not the one text of a path: '" + text + "'");
    }
  }

  public static RawPath of(byte[] bytes) {
    return new RawPath(RawText.of(bytes));
  }

  /** A path that Homeport itself spells, in Unicode. */
  public static RawPath of(String path) {
    return new RawPath(path.replace("%", "%25"));
  }

  public byte[] bytes() {
    return RawText.bytes(text);
  }

  public Optional<RawPath> parent() {
    var slash = text.lastIndexOf('/');
    return slash < 0 ? Optional.empty() : Optional.of(new RawPath(text.substring(0, slash)));
  }

  public RawPath name() {
    return new RawPath(text.substring(text.lastIndexOf('/') + 1));
  }

  /** The names on the way, from the top. */
  public List<RawPath> names() {
    return Arrays.stream(text.split("/")).map(RawPath::new).toList();
  }

  public RawPath resolve(RawPath below) {
    return new RawPath(text + "/" + below.text);
  }

  /** A folder sorts right before everything that is in it. */
  @Override
  public int compareTo(RawPath other) {
    return text.replace('/', '\0').compareTo(other.text.replace('/', '\0'));
  }

  @Override
  public String toString() {
    return text;
  }
}
