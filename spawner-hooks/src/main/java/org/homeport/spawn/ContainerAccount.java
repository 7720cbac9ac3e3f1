package org.homeport.spawn;

import java.util.List;
import org.homeport.spawn.identity.Account;
import org.homeport.spawn.identity.Account.Group;
import org.homeport.spawn.identity.UnixId;
import org.homeport.spawn.refusal.SpawnRefused;

/**
 * An account as a container can have it: engines take no ids above 2147483647, which directories
 * such as Active Directory give.
 *
 * @param warnings a sentence for each group that is left out
 */
record ContainerAccount(Account account, List<String> warnings) {

  /**
   * @throws SpawnRefused when no container can run as the account
   */
  static ContainerAccount of(Account account) {
    require(account, "uid", account.uid());
    require(account, "primary gid", account.gid());
    var possible = account.groups().stream().filter(ContainerAccount::fits).toList();
    var warnings =
        account.groups().stream()
            .filter(group -> !fits(group))
            .map(group -> "The group '%s' is left out: %s.".formatted(group.name(), limit(group)))
            .toList();
    return new ContainerAccount(account.withGroups(possible), warnings);
  }

  private static boolean fits(Group group) {
    return group.gid() <= UnixId.LARGEST_IN_CONTAINERS;
  }

  private static String limit(Group group) {
    return "its id is %d, and containers take ids up to %d"
        .formatted(group.gid(), UnixId.LARGEST_IN_CONTAINERS);
  }

  private static void require(Account account, String kind, long id) {
    if (id > UnixId.LARGEST_IN_CONTAINERS) {
      throw new SpawnRefused(
          "account-not-allowed",
          "The account '%s' has the %s %d, and containers take ids up to %d."
              .formatted(account.name(), kind, id, UnixId.LARGEST_IN_CONTAINERS),
          "Give the account a smaller one, or let the directory map ids to smaller ones.");
    }
  }
}
