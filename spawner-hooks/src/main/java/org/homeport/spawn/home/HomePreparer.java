package org.homeport.spawn.home;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import org.homeport.spawn.files.NoSpaceException;
import org.homeport.spawn.files.RawPath;
import org.homeport.spawn.identity.Account;
import org.homeport.spawn.identity.AsUser;
import org.homeport.spawn.identity.HubUser;
import org.homeport.spawn.image.ImageName;
import org.homeport.spawn.progress.Progress;
import org.homeport.spawn.refusal.SpawnRefused;
import org.homeport.spawn.seed.Seed;
import org.homeport.spawn.seed.SeedLedger;

/**
 * Makes a home ready for a server: the home itself at the first login, the environment folder, and
 * the seed in it.
 *
 * <p>Everything in a home is done as its owner; remembering and reporting, as the bridge.
 */
public final class HomePreparer {
  private static final int DIGEST_END = "sha256:".length() + 12;

  private final AsUser asUser;
  private final SeedLedger ledger;
  private final HomeFiles homes;

  public HomePreparer(HomeFiles homes, AsUser asUser, SeedLedger ledger) {
    this.homes = homes;
    this.asUser = asUser;
    this.ledger = ledger;
  }

  /**
   * Prepares the home; repeatable, and completes what an earlier call did not end. An environment
   * folder that has the seed already costs one look at it. One home is prepared at a time.
   *
   * @param image its tag tells the image's files from the user's: {@code plot.ipynb.new-12345}
   * @param folder the environment folder, absolute, right in the account's home
   * @param progress hears of copied files, in the calling thread
   * @throws SpawnRefused if the home is not fit: {@code home-owner}, {@code home-full}, …
   */
  public void prepare(
      HubUser user, Account account, ImageName image, Path folder, Seed seed, Progress progress) {
    if (!account.home().equals(folder.getParent())) {
      throw new IllegalArgumentException(folder + " is not right in " + account.home());
    }
    var name = RawPath.of(folder.getFileName().toString());
    var seeding = new Seeding(asUser, ledger, user, account, name);
    try {
      homes.prepare(account, home -> seeding.run(home, seed, tagOf(image), progress));
    } catch (IOException e) {
      throw refusal(account, e);
    } catch (UncheckedIOException e) {
      throw refusal(account, e.getCause());
    }
  }

  private static String tagOf(ImageName image) {
    return image
        .tag()
        .orElseGet(() -> image.digest().orElseThrow().substring("sha256:".length(), DIGEST_END));
  }

  private static SpawnRefused refusal(Account account, IOException cause) {
    if (cause instanceof NoSpaceException) {
      return new SpawnRefused(
          "home-full",
          "The home of " + account.name() + " is full: " + cause.getMessage() + ".",
          "Delete what is not needed in "
              + account.home()
              + ", or ask for more space, then start"
              + " again: the environment's files are completed then.",
          cause);
    }
    if (cause instanceof AccessDeniedException) {
      return new SpawnRefused(
          "home-access",
          "In the home of "
              + account.name()
              + ", its owner may not do this: "
              + cause.getMessage()
              + ".",
          "Give the owner the right to (chmod u+rwx), then start again.",
          cause);
    }
    return new SpawnRefused(
        "home-failed",
        "The home of " + account.name() + " could not be prepared: " + cause.getMessage() + ".",
        "Start again. If it stays so, the bridge's log shows what the file system said.",
        cause);
  }
}
