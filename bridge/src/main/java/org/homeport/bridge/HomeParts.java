package org.homeport.bridge;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.homeport.bridge.home.EnvironmentTable;
import org.homeport.bridge.home.HomeSizes;
import org.homeport.bridge.home.UidTable;
import org.homeport.bridge.home.Users;
import org.homeport.spawn.home.HomeFiles;
import org.homeport.spawn.identity.Accounts;
import org.homeport.spawn.identity.AsUser;

/** The accounts and homes of users, wired together. */
record HomeParts(Accounts accounts, HomeFiles files, EnvironmentTable folders, Users users) {
  /** The files that every new home begins with, on hosts that have them. */
  private static final Path SKELETON = Path.of("/etc/skel");

  static HomeParts on(Base base) {
    var accounts = base.settings().accounts().accounts(new UidTable(base.database()));
    var skeleton = Optional.of(SKELETON).filter(Files::isDirectory);
    var files = new HomeFiles(new AsUser(), skeleton, base.settings().state().resolve("homes"));
    var folders = new EnvironmentTable(base.database());
    var sizes = base.keep(new HomeSizes(accounts::find, files, base.clock()));
    return new HomeParts(accounts, files, folders, new Users(accounts, folders, sizes));
  }
}
