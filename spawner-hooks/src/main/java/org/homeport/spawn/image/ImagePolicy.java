package org.homeport.spawn.image;

import java.util.List;
import java.util.regex.Pattern;
import org.homeport.spawn.refusal.SpawnRefused;

/** Which images may run: those that match one of the allowed patterns. No pattern allows none. */
public final class ImagePolicy {
  private final List<String> patterns;
  private final List<Pattern> expressions;

  public ImagePolicy(List<String> patterns) {
    this.patterns = List.copyOf(patterns);
    this.expressions = patterns.stream().map(ImagePolicy::expression).toList();
  }

  /** The patterns as they were written. */
  public List<String> patterns() {
    return patterns;
  }

  public boolean allows(ImageName image) {
    return expressions.stream().anyMatch(e -> e.matcher(image.toString()).matches());
  }

  /**
   * @throws SpawnRefused unless the image is allowed
   */
  public void check(ImageName image) {
    if (!allows(image)) {
      throw new SpawnRefused(
          "image-not-allowed",
          "The image " + image + " is not among the allowed ones.",
          "Choose one of the environments on offer, or add it to environments.images in"
              + " homeport.yaml.");
    }
  }

  private static Pattern expression(String pattern) {
    return Pattern.compile(Pattern.quote(pattern).replace("*", "\\E.*\\Q"));
  }
}
