package org.homeport.spawn.identity;

import java.nio.file.Path;
import java.util.List;

/**
 * The identity that owns a home: what the kernel checks, and where the home is.
 *
 * <p>Name and home fit into a line of a passwd file, group names into one of a group file.
 *
 * @param name the account's name on the host, or the name that Homeport made for a virtual account
 * @param uid the user id; never 0
 * @param gid the real primary group id; never 0
 * @param groups the supplementary groups, without the primary one
 * @param home the absolute, normalized path of the home; the same inside and outside the container
 */
public record Account(String name, long uid, long gid, List<Group> groups, Path home) {

  /** A group as the host knows it; one without a name goes by its number. */
  public record Group(String name, long gid) {
    public Group {
      requireField(name, "group name");
      UnixId.toKernel(gid);
    }
  }

  public Account {
    groups = List.copyOf(groups);
    requireField(name, "account name");
    requireField(home.toString(), "home");
    UnixId.toKernel(uid);
    UnixId.toKernel(gid);
    if (uid == 0 || gid == 0) {
      throw new IllegalArgumentException(
          "An account is never root: " + name + " " + uid + ":" + gid);
    }
    if (!home.isAbsolute() || !home.equals(home.normalize()) || home.getNameCount() < 1) {
      throw new IllegalArgumentException("A home is an absolute, normalized path: " + home);
    }
  }

  /** The ids of the supplementary groups. */
  public long[] groupIds() {
    return groups.stream().mapToLong(Group::gid).toArray();
  }

  /** The same account in these supplementary groups. */
  public Account withGroups(List<Group> groups) {
    return new Account(name, uid, gid, groups, home);
  }

  private static void requireField(String value, String what) {
    if (value.isEmpty() || value.chars().anyMatch(c -> c == ':' || Character.isISOControl(c))) {
      throw new IllegalArgumentException("Not a " + what + ": '" + value + "'");
    }
  }
}
