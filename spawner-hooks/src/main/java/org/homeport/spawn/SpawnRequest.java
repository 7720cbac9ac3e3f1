package org.homeport.spawn;

import java.util.List;
import java.util.Objects;
import org.homeport.spawn.identity.HubUser;
import org.homeport.spawn.identity.ServerName;
import org.homeport.spawn.image.ImageName;

/**
 * The wish of a user for a server with an environment.
 *
 * @param groups the user's groups in the hub, which decide about shares
 */
public record SpawnRequest(
    HubUser user, ServerName serverName, ImageName image, List<String> groups) {
  public SpawnRequest {
    Objects.requireNonNull(user);
    Objects.requireNonNull(serverName);
    Objects.requireNonNull(image);
    groups = List.copyOf(groups);
  }
}
