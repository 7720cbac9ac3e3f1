package org.homeport.spawn.identity;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.homeport.spawn.identity.Account.Group;
import org.homeport.spawn.identity.NameService.Entry;
import org.homeport.spawn.refusal.SpawnRefused;

/**
 * The host's own accounts, wherever the host has them from. The hub's user name is the account's.
 *
 * <p>An account runs no server when it is root or a daemon's, or when its home is a folder of the
 * system.
 */
public final class SystemAccounts implements Accounts {
  /** The id that Linux shows for those that it cannot express; never a person. */
  private static final long NOBODY = 65534;

  private final NameService names = new NameService();
  private final int minimumUid;

  /**
   * @param minimumUid the lowest uid that is a person's, 1000 on Debian and Ubuntu
   */
  public SystemAccounts(int minimumUid) {
    this.minimumUid = minimumUid;
  }

  @Override
  public Account of(HubUser user) {
    return find(user)
        .orElseThrow(
            () ->
                new SpawnRefused(
                    "account-missing",
                    "The host has no account named '" + user + "'.",
                    "Make one of this name (useradd --create-home), or set accounts.source in"
                        + " homeport.yaml to tljh or virtual."));
  }

  @Override
  public Optional<Account> find(HubUser user) {
    return find(user.name());
  }

  Optional<Account> find(String name) {
    return names.accountNamed(name).map(entry -> account(name, entry));
  }

  /** The account as the host describes it, if it may run a server. */
  Account account(String asked, Entry entry) {
    // A directory that ignores case would give Foo and foo one account, and one home.
    if (!entry.name().equals(asked)) {
      throw notAllowed(
          asked,
          "is called '" + entry.name() + "' by the host",
          "Use that name for the user in the hub.");
    }
    requirePersonal(asked, "uid", entry.uid(), minimumUid);
    requirePersonal(asked, "primary gid", entry.gid(), 1);
    return new Account(asked, entry.uid(), entry.gid(), groups(asked, entry.gid()), home(entry));
  }

  private static void requirePersonal(String name, String what, long id, int minimum) {
    if (id < minimum || id == NOBODY || id > UnixId.LARGEST) {
      throw notAllowed(
          name,
          "has the " + what + " " + id + ", which is not a person's",
          "Use an account of a person; accounts.minimum-uid in homeport.yaml says from which uid on"
              + " they are.");
    }
  }

  private List<Group> groups(String name, long primary) {
    return Arrays.stream(names.groupIds(name, primary))
        .filter(gid -> gid != primary)
        .distinct()
        .mapToObj(gid -> new Group(names.groupWithId(gid).orElse(String.valueOf(gid)), gid))
        .toList();
  }

  private static Path home(Entry entry) {
    try {
      var home = Path.of(entry.home());
      if (entry.home().chars().noneMatch(SystemAccounts::breaksPasswdLine)
          && home.isAbsolute()
          && home.equals(home.normalize())
          && home.getNameCount() > 1
          && !SystemFolders.contain(home)) {
        return home;
      }
    } catch (InvalidPathException e) {
      // Bytes that the JVM's locale cannot express: refused like the others.
    }
    throw new SpawnRefused(
        "bad-home",
        "The account '%s' has the home '%s', which cannot be mounted into a server."
            .formatted(entry.name(), entry.home()),
        "Give it a folder of its own, such as /home/" + entry.name() + " (usermod --home).");
  }

  /** Also the mark that decoding leaves where a path is not UTF-8. */
  private static boolean breaksPasswdLine(int c) {
    return c == ':' || c == '\uFFFD' || Character.isISOControl(c);
  }

  private static SpawnRefused notAllowed(String name, String why, String remedy) {
    return new SpawnRefused(
        "account-not-allowed", "The account '" + name + "' " + why + ".", remedy);
  }
}
