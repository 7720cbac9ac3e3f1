package org.homeport.spawn.identity;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * The identity that owns a home: what the kernel checks, and where the home is.
 *
 * @param name the account's name on the host, or the name that Homeport made for a virtual account
 * @param uid the user id; never 0
 * @param gid the real primary group id
 * @param groups the supplementary groups, without the primary one
 * @param home the absolute, normalized path of the home; the same inside and outside the container
 */
public record Account(String name, int uid, int gid, List<Group> groups, Path home) {

  /** A group as the host knows it. */
  public record Group(String name, int gid) {
    public Group {
      Objects.requireNonNull(name);
    }
  }

  public Account {
    Objects.requireNonNull(name);
    groups = List.copyOf(groups);
    if (uid <= 0 || gid <= 0) {
      throw new IllegalArgumentException(
          "An account is never root: " + name + " " + uid + ":" + gid);
    }
    if (!home.isAbsolute() || !home.equals(home.normalize()) || home.getNameCount() < 1) {
      throw new IllegalArgumentException("A home is an absolute, normalized path: " + home);
    }
  }

  /** The ids of the supplementary groups. */
  public int[] groupIds() {
    return groups.stream().mapToInt(Group::gid).toArray();
  }
}
