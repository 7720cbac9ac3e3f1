package org.homeport.spawn.image;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;
import org.homeport.spawn.refusal.SpawnRefused;

/**
 * The name of a container image: {@code [registry[:port]/]path[:tag][@digest]}.
 *
 * <p>Holds the name in its familiar form, with the tag {@code latest} spelled out and Docker Hub's
 * own prefixes ({@code docker.io/}, {@code library/}) left out, so that two spellings of one image
 * are equal.
 */
public record ImageName(String name) {
  private static final int MAX_LENGTH = 512;
  private static final String PART = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
  private static final String HOST =
      "(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*"
          + "(?::[0-9]{1,5})?";
  private static final Pattern GRAMMAR =
      Pattern.compile(
          "(?:(?<registry>"
              + HOST
              + ")/)?(?<path>"
              + PART
              + "(?:/"
              + PART
              + ")*)(?::(?<tag>[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?");

  public ImageName {
    if (name == null || name.length() > MAX_LENGTH || !GRAMMAR.matcher(name).matches()) {
      throw new SpawnRefused(
          "bad-image-name",
          "'" + name + "' is not the name of an image.",
          "Write it as [registry/]name[:tag][@sha256:…], in lower case.");
    }
    name = familiar(name);
  }

  public static ImageName of(String name) {
    return new ImageName(name);
  }

  @JsonValue
  @Override
  public String toString() {
    return name;
  }

  private static String familiar(String name) {
    var shorter = name.startsWith("docker.io/") ? name.substring("docker.io/".length()) : name;
    if (shorter.startsWith("library/")) {
      shorter = shorter.substring("library/".length());
    }
    var last = shorter.substring(shorter.lastIndexOf('/') + 1);
    return last.indexOf(':') >= 0 || last.indexOf('@') >= 0 ? shorter : shorter + ":latest";
  }
}
