package org.homeport.spawn.identity;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Where accounts come from: the section {@code accounts} of the settings.
 *
 * @param minimumUid the lowest uid on the host that is a person's (system and tljh)
 * @param uids what virtual accounts are given; the default lies between the uids of Debian's
 *     accounts and the subordinate ones of rootless containers
 * @param homes the folder of the homes of virtual accounts
 */
public record AccountSettings(Source source, int minimumUid, UidRange uids, Path homes) {
  public static final AccountSettings DEFAULTS =
      new AccountSettings(Source.SYSTEM, 1000, new UidRange(70000, 99999), Path.of("/srv/homes"));

  /** The kinds of accounts that Homeport can use. */
  public enum Source {
    SYSTEM,
    TLJH,
    VIRTUAL
  }

  public AccountSettings {
    Objects.requireNonNull(source);
    Objects.requireNonNull(uids);
    if (minimumUid < 1) {
      throw new IllegalArgumentException(
          "minimum-uid is " + minimumUid + ": root is not a person.");
    }
    if (!homes.isAbsolute() || !homes.equals(homes.normalize()) || SystemFolders.contain(homes)) {
      throw new IllegalArgumentException(
          "homes is '"
              + homes
              + "': give an absolute path outside of the system's folders, such as"
              + " /srv/homes.");
    }
  }

  /** The accounts that these settings describe; only virtual ones use the ledger. */
  public Accounts accounts(UidLedger ledger) {
    return switch (source) {
      case SYSTEM -> new SystemAccounts(minimumUid);
      case TLJH -> new TljhAccounts(new SystemAccounts(minimumUid));
      case VIRTUAL -> new VirtualAccounts(ledger, uids, homes);
    };
  }
}
