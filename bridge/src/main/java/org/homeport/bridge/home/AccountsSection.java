package org.homeport.bridge.home;

import static org.homeport.bridge.settings.Readers.choice;
import static org.homeport.bridge.settings.Readers.number;

import org.homeport.bridge.settings.Readers;
import org.homeport.bridge.settings.Section;
import org.homeport.spawn.identity.AccountSettings;
import org.homeport.spawn.identity.UidRange;

/** The section {@code accounts} of the settings. */
public final class AccountsSection {
  private static final int MAX_UID = Integer.MAX_VALUE - 1;

  private AccountsSection() {}

  public static AccountSettings read(Section section) {
    var defaults = AccountSettings.DEFAULTS;
    var source = section.value("source", choice(AccountSettings.Source.class), defaults.source());
    var minimumUid = section.value("minimum-uid", number(1, MAX_UID), defaults.minimumUid());
    var uids = section.value("uids", UidRange::of, defaults.uids());
    var homes = section.value("homes", Readers::path, defaults.homes());
    return section
        .make(() -> new AccountSettings(source, minimumUid, uids, homes))
        .orElse(defaults);
  }
}
