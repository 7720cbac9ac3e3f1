package org.homeport.spawn.image;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.homeport.spawn.refusal.SpawnRefused;

/**
 * The name of a container image: {@code [registry[:port]/]path[:tag][@digest]}.
 *
 * <p>Holds the name in its familiar form, with the tag {@code latest} spelled out and Docker Hub's
 * own prefixes ({@code docker.io/}, {@code library/}) left out, so that two spellings of one image
 * are equal. An image's id is not a name, since it would pass by the names that are allowed.
 *
 * @see <a href="https://github.com/distribution/reference/blob/main/reference.go">the grammar</a>
 */
public record ImageName(String name) {
  static final String DOCKER_HUB = "docker.io";

  private static final String HOST_PART = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?";

  /** A registry differs from a path's first part by a dot, a port, or the name localhost. */
  private static final String REGISTRY =
      "(?:localhost|(?=[^/]*[.:])" + HOST_PART + "(?:\\." + HOST_PART + ")*)(?::[0-9]{1,5})?";

  private static final String PATH_PART = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
  private static final Pattern GRAMMAR =
      Pattern.compile(
          "(?<repository>(?:(?<registry>"
              + REGISTRY
              + ")/)?+"
              + "(?<path>"
              + PATH_PART
              + "(?:/"
              + PATH_PART
              + ")*))"
              + "(?::(?<tag>[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}))?"
              + "(?:@(?<digest>sha256:[0-9a-f]{64}))?");
  private static final int MAX_REPOSITORY_LENGTH = 255;
  private static final Pattern ID = Pattern.compile("(?:sha256:)?[0-9a-f]{64}");
  private static final Pattern READS_AS_REGISTRY = Pattern.compile(REGISTRY + "/.*");

  public ImageName {
    var parts = GRAMMAR.matcher(name);
    if (!parts.matches()
        || parts.group("repository").length() > MAX_REPOSITORY_LENGTH
        || ID.matcher(name).matches()) {
      throw new SpawnRefused(
          "bad-image-name",
          "'" + name + "' is not the name of an image.",
          "Write it as [registry/]name[:tag][@sha256:…], in lower case.");
    }
    name = familiar(parts);
  }

  public static ImageName of(String name) {
    return new ImageName(name);
  }

  /** The registry's host and port; {@code docker.io} for a name without. */
  public String registry() {
    return part("registry").orElse(DOCKER_HUB);
  }

  /** Registry and path, as a pull wants them. */
  public String repository() {
    return part("repository").orElseThrow();
  }

  /** The tag; empty for a name that has only a digest. */
  public Optional<String> tag() {
    return part("tag");
  }

  /** The digest, as {@code sha256:…}. */
  public Optional<String> digest() {
    return part("digest");
  }

  @JsonValue
  @Override
  public String toString() {
    return name;
  }

  /** The part after the registry: path, tag and digest. */
  String rest() {
    return part("registry").map(r -> name.substring(r.length() + 1)).orElse(name);
  }

  private Optional<String> part(String group) {
    var parts = GRAMMAR.matcher(name);
    return parts.matches() ? Optional.ofNullable(parts.group(group)) : Optional.empty();
  }

  private static String familiar(Matcher parts) {
    var registry = Optional.ofNullable(parts.group("registry")).orElse(DOCKER_HUB);
    var path = parts.group("path");
    if (registry.equals(DOCKER_HUB) || registry.equals("index." + DOCKER_HUB)) {
      registry = DOCKER_HUB;
      path = path.replaceFirst("^library/(?=[^/]+$)", "");
    }
    boolean silent = registry.equals(DOCKER_HUB) && !READS_AS_REGISTRY.matcher(path).matches();
    var repository = silent ? path : registry + "/" + path;
    var version = parts.group().substring(parts.end("repository"));
    return repository + (version.isEmpty() ? ":latest" : version);
  }
}
