package org.homeport.spawn.identity;

import java.util.Optional;
import java.util.regex.Pattern;
import org.homeport.spawn.hash.Sha256;
import org.homeport.spawn.identity.NameService.Entry;
import org.homeport.spawn.refusal.SpawnRefused;

/**
 * Accounts as The Littlest JupyterHub makes them: {@code jupyter-ada} for the user {@code ada}, on
 * the host, made at the first start. Those that TLJH made before are found again.
 *
 * @see <a href="https://github.com/jupyterhub/the-littlest-jupyterhub/blob/main/tljh/normalize.py">
 *     TLJH's own rule</a>
 */
public final class TljhAccounts implements Accounts {
  private static final int LONGEST_PLAIN = 25;
  private static final int KEPT = 26;
  private static final int HASH_LENGTH = 5;

  /** The names that useradd takes, less those that a shell or a path would interpret. */
  private static final Pattern FIT_FOR_ACCOUNTS = Pattern.compile("[A-Za-z0-9_.@-]+");

  private static final String COMMENT = "JupyterHub user ";

  private final NameService names = new NameService();
  private final SystemAccounts system;
  private final UserAdd userAdd = new UserAdd();

  public TljhAccounts(SystemAccounts system) {
    this.system = system;
  }

  @Override
  public Account of(HubUser user) {
    return find(user).orElseGet(() -> make(user));
  }

  @Override
  public Optional<Account> find(HubUser user) {
    var name = accountName(user);
    names.accountNamed(name).ifPresent(entry -> requireOwner(user, entry));
    return system.find(name);
  }

  /**
   * TLJH's five digits let two long names meet, by chance or on purpose. The comment of an account
   * that Homeport made says whose it is.
   */
  private static void requireOwner(HubUser user, Entry entry) {
    if (entry.comment().startsWith(COMMENT) && !entry.comment().equals(COMMENT + user)) {
      throw new SpawnRefused(
          "account-not-allowed",
          "The account '%s' is that of the %s, not of '%s'."
              .formatted(entry.name(), entry.comment(), user),
          "Rename one of the two users in the hub.");
    }
  }

  private Account make(HubUser user) {
    var name = accountName(user);
    if (!FIT_FOR_ACCOUNTS.matcher(user.name()).matches()) {
      throw new SpawnRefused(
          "bad-user-name",
          "The user name '" + user + "' cannot be part of an account's name, '" + name + "'.",
          "Rename the user in the hub, with letters, digits and . _ - @ only.");
    }
    userAdd.make(name, COMMENT + user);
    return find(user).orElseThrow();
  }

  static String accountName(HubUser user) {
    var name = "jupyter-" + user.name();
    // Python counts characters where Java counts half of some.
    if (name.codePointCount(0, name.length()) <= LONGEST_PLAIN) {
      return name;
    }
    var kept = name.substring(0, name.offsetByCodePoints(0, KEPT));
    return kept + "-" + Sha256.hex(name).substring(0, HASH_LENGTH);
  }
}
