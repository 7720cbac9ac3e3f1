package org.homeport.spawn.home;

import java.util.HashSet;
import java.util.Map;
import java.util.stream.Stream;
import org.homeport.spawn.hash.Sha256;
import org.homeport.spawn.identity.HubUser;
import org.homeport.spawn.image.ImageName;

/**
 * Names the folder of each environment in a home: {@code plasmabio/template-python:12345} lives in
 * {@code plasmabio-template-python-12345}.
 *
 * <p>A name once given to a user's image never changes, and two images that read alike ({@code
 * a/b:c}, {@code a-b:c}) get a folder each.
 */
public final class EnvironmentFolders {
  private static final int MAX_LENGTH = 120;

  private final EnvironmentLedger ledger;

  public EnvironmentFolders(EnvironmentLedger ledger) {
    this.ledger = ledger;
  }

  /** The folder name of a user's image, remembered from now on. Repeatable. */
  public String claim(HubUser user, ImageName image) {
    while (true) {
      var known = ledger.foldersOf(user);
      var folder = choose(image, known);
      // A claim that failed met one that succeeded elsewhere, so the next round knows more.
      if (known.containsKey(image) || ledger.claim(user, image, folder)) {
        return folder;
      }
    }
  }

  /** The folder name that {@link #claim} would give now. */
  public String preview(HubUser user, ImageName image) {
    return choose(image, ledger.foldersOf(user));
  }

  private static String choose(ImageName image, Map<ImageName, String> known) {
    var remembered = known.get(image);
    if (remembered != null) {
      return remembered;
    }
    var taken = new HashSet<>(known.values());
    return candidates(image).filter(name -> !taken.contains(name)).findFirst().orElseThrow();
  }

  /** Readable first; then with more and more of the image name's hash, whose whole is unique. */
  private static Stream<String> candidates(ImageName image) {
    var readable = readable(image);
    var hash = Sha256.hex(image.toString());
    var hashed =
        Stream.of(8, 16, 32, 64)
            .map(n -> cut(readable, MAX_LENGTH - 1 - n) + "-" + hash.substring(0, n));
    return readable.length() <= MAX_LENGTH ? Stream.concat(Stream.of(readable), hashed) : hashed;
  }

  private static String readable(ImageName image) {
    return image
        .toString()
        .replaceFirst("(@sha256:[0-9a-f]{12})[0-9a-f]+$", "$1")
        .replaceAll("[^A-Za-z0-9._]", "-");
  }

  private static String cut(String name, int length) {
    return name.substring(0, Math.min(name.length(), length));
  }
}
