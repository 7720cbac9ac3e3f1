package org.homeport.spawn.image;

import java.util.List;
import org.homeport.spawn.refusal.SpawnRefused;

/** Allows the images that one of the patterns names. Without a pattern, none is allowed. */
public final class ImagePolicy {
  private final List<ImagePattern> patterns;

  public ImagePolicy(List<ImagePattern> patterns) {
    this.patterns = List.copyOf(patterns);
  }

  public boolean allows(ImageName image) {
    return patterns.stream().anyMatch(pattern -> pattern.matches(image));
  }

  /**
   * Lets an allowed image pass.
   *
   * @throws SpawnRefused for any other
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
}
