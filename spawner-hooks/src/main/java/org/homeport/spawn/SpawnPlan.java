package org.homeport.spawn;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.homeport.spawn.identity.Account;
import org.homeport.spawn.identity.HubUser;
import org.homeport.spawn.identity.ServerName;
import org.homeport.spawn.image.ImageName;
import org.homeport.spawn.mount.Mount;

/**
 * The plan of a spawn: the value between deciding and acting.
 *
 * @param user the owner of the server
 * @param serverName which of the user's servers
 * @param image the image it runs
 * @param account the account that the server runs as
 * @param environmentFolder the image's folder in the home, absolute; the same path inside
 * @param workingDirectory where the server starts: the environment folder or the home
 * @param mounts the home first, then data and shares; no two with one target
 * @param environment variables that make the user at home, sorted by name: HOME, USER, …
 * @param warnings sentences for the spawn page, such as an optional data source that is missing
 */
public record SpawnPlan(
    HubUser user,
    ServerName serverName,
    ImageName image,
    Account account,
    Path environmentFolder,
    Path workingDirectory,
    List<Mount> mounts,
    Map<String, String> environment,
    List<String> warnings) {
  public SpawnPlan {
    Objects.requireNonNull(user);
    Objects.requireNonNull(serverName);
    Objects.requireNonNull(image);
    Objects.requireNonNull(account);
    Objects.requireNonNull(environmentFolder);
    Objects.requireNonNull(workingDirectory);
    mounts = List.copyOf(mounts);
    environment = Collections.unmodifiableMap(new TreeMap<>(environment));
    warnings = List.copyOf(warnings);
  }
}
