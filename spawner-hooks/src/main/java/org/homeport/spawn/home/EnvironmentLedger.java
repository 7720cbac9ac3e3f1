package org.homeport.spawn.home;

import java.util.Map;
import org.homeport.spawn.identity.HubUser;
import org.homeport.spawn.image.ImageName;

/**
 * Remembers permanently which folder belongs to which environment of a user.
 *
 * <p>Safe from many threads and processes at once; what {@link #claim} answered has been stored.
 */
public interface EnvironmentLedger {

  /** The folder names of a user, by image. */
  Map<ImageName, String> foldersOf(HubUser user);

  /**
   * Remembers a folder name for a user's image, unless that image has a name already or another
   * image of the user has this one.
   *
   * @return whether it is remembered; if not, {@link #foldersOf} now shows why
   */
  boolean claim(HubUser user, ImageName image, String folder);
}
