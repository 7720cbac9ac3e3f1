package org.homeport.spawn.home;

import java.nio.file.Path;
import java.util.Optional;
import org.homeport.spawn.identity.Account;
import org.homeport.spawn.identity.AsUser;
import org.homeport.spawn.identity.HubUser;
import org.homeport.spawn.image.ImageName;
import org.homeport.spawn.progress.Progress;
import org.homeport.spawn.seed.Seed;
import org.homeport.spawn.seed.SeedLedger;

/**
 * Makes a home ready for a server: the home itself at the first login, the environment folder, and
 * the seed in it. The only writer into homes.
 */
public final class HomePreparer {

  /**
   * @param skeleton the folder that new homes are a copy of, such as /etc/skel; must be readable by
   *     everyone
   */
  public HomePreparer(AsUser asUser, SeedLedger ledger, Optional<Path> skeleton) {}

  /**
   * Prepares the home; repeatable, and completes what an earlier call did not end. An environment
   * folder that has the seed already costs one look at it.
   *
   * @param image its tag tells the user's files from the image's: {@code plot.ipynb.new-12345}
   * @param folder the environment folder, absolute, below the account's home
   * @param progress hears of copied files, in the calling thread
   * @throws org.homeport.spawn.refusal.SpawnRefused if the home is not fit: {@code home-owner},
   *     {@code home-full}, …
   */
  public void prepare(
      HubUser user, Account account, ImageName image, Path folder, Seed seed, Progress progress) {
    throw new UnsupportedOperationException("comes next");
  }
}
