package org.homeport.spawn.image;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * A pattern of image names, in which {@code *} stands for anything: {@code plasmabio/*}, {@code
 * quay.io/jupyter/base-notebook:2024-*}, or {@code *} alone for every image there is.
 *
 * <p>The registry is matched apart from the rest, so that {@code python*} does not let in what
 * {@code python.example.com} offers. A pattern that names no registry speaks of Docker Hub and of
 * images made on the host; one that names no tag, of {@code latest}.
 */
public record ImagePattern(@JsonValue String pattern) {
  private static final Pattern WRITTEN = Pattern.compile("[A-Za-z0-9._:/@*-]+");
  private static final Pattern REGISTRY = Pattern.compile("localhost|.*[.:].*");
  private static final Pattern WITHOUT_TAG = Pattern.compile("(?:.*/)?[^/:@*]+");

  public ImagePattern {
    if (!WRITTEN.matcher(pattern).matches()) {
      throw new IllegalArgumentException(
          "'"
              + pattern
              + "' is not a pattern of images: write it as plasmabio/* or"
              + " quay.io/jupyter/base-notebook:latest.");
    }
  }

  public static ImagePattern of(String pattern) {
    return new ImagePattern(pattern);
  }

  /** Whether it names one image, without a star. */
  public boolean isExact() {
    return pattern.indexOf('*') < 0;
  }

  public boolean matches(ImageName image) {
    return pattern.equals("*")
        || glob(registry(), image.registry())
            && (glob(rest(), image.rest()) || glob(rest(), officialName(image)));
  }

  @Override
  public String toString() {
    return pattern;
  }

  private String registry() {
    return namesRegistry() ? pattern.substring(0, pattern.indexOf('/')) : ImageName.DOCKER_HUB;
  }

  private String rest() {
    var rest = namesRegistry() ? pattern.substring(pattern.indexOf('/') + 1) : pattern;
    return WITHOUT_TAG.matcher(rest).matches() ? rest + ":latest" : rest;
  }

  private boolean namesRegistry() {
    int slash = pattern.indexOf('/');
    return slash > 0 && REGISTRY.matcher(pattern.substring(0, slash)).matches();
  }

  /** The long form of {@code python:3}, which is {@code library/python:3}. */
  private static String officialName(ImageName image) {
    return image.rest().contains("/") ? image.rest() : "library/" + image.rest();
  }

  private static boolean glob(String glob, String text) {
    return Pattern.matches(("\\Q" + glob + "\\E").replace("*", "\\E.*\\Q"), text);
  }
}
