package org.homeport.spawn;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.homeport.spawn.identity.Account;
import org.homeport.spawn.mount.Mount;

/**
 * What a spawn will look like: the value between deciding and acting.
 *
 * @param account who the server runs as
 * @param image the image it runs
 * @param environmentFolder the image's folder in the home, absolute; the same path inside
 * @param workingDirectory where the server starts: the environment folder or the home
 * @param mounts the home first, then data and shares; no two with one target
 * @param environment variables that make the user at home: HOME, USER, …
 * @param warnings sentences for the spawn page, such as an optional data source that is missing
 */
public record SpawnPlan(
    Account account,
    ImageName image,
    Path environmentFolder,
    Path workingDirectory,
    List<Mount> mounts,
    Map<String, String> environment,
    List<String> warnings) {
  public SpawnPlan {
    Objects.requireNonNull(account);
    Objects.requireNonNull(image);
    Objects.requireNonNull(environmentFolder);
    Objects.requireNonNull(workingDirectory);
    mounts = List.copyOf(mounts);
    environment = Map.copyOf(environment);
    warnings = List.copyOf(warnings);
  }
}
