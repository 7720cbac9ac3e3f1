package org.homeport.spawn.home;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.homeport.spawn.files.Directory;
import org.homeport.spawn.files.RawPath;
import org.homeport.spawn.files.Trees;
import org.homeport.spawn.identity.Account;
import org.homeport.spawn.identity.AsUser;
import org.homeport.spawn.refusal.SpawnRefused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the home of an account at the first login.
 *
 * <p>A new home is made under another name and renamed when it is whole, so a home is never found
 * half-made or with the wrong owner.
 */
final class HomeMaker {
  private static final Logger LOG = LoggerFactory.getLogger(HomeMaker.class);
  static final String UNFINISHED = ".homeport-new-";
  private static final long LONGEST_MAKING = TimeUnit.HOURS.toNanos(1);
  private static final int ROOT = 0;
  private static final int WRITABLE_BY_OTHERS = 0022;

  private final AsUser asUser;
  private final Optional<Path> skeleton;

  HomeMaker(AsUser asUser, Optional<Path> skeleton) {
    this.asUser = asUser;
    this.skeleton = skeleton;
  }

  /**
   * Makes the home in its parent; if somebody else makes it meanwhile, theirs is the home.
   *
   * @throws SpawnRefused if it cannot be made there
   */
  void make(Account account, Directory parent, RawPath name) throws IOException {
    checkSafe(parent, account);
    removeLeftBehind(parent);
    var unfinished = RawPath.of(UNFINISHED + UUID.randomUUID());
    try {
      parent.makeFolder(unfinished);
      try (var home = parent.folder(unfinished)) {
        home.owner(account.uid(), account.gid());
        asUser.run(account, () -> furnish(home));
      }
      parent.renameIfFree(unfinished, parent, name);
    } catch (IOException e) {
      removeQuietly(parent, unfinished);
      if (e instanceof AccessDeniedException) {
        throw mayNot(account, e);
      }
      if (!(e instanceof FileAlreadyExistsException)) {
        throw e;
      }
      // Another bridge or a login just made it.
    }
  }

  private void furnish(Directory home) throws IOException {
    home.mode(0700);
    if (skeleton.isPresent()) {
      try (var from = Directory.open(skeleton.get())) {
        Trees.copy(from, home);
      }
    }
  }

  /** Removes what killed bridges began; another bridge may be making what is young. */
  private void removeLeftBehind(Directory parent) throws IOException {
    var old = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()) - LONGEST_MAKING;
    for (var name : parent.names()) {
      if (name.text().startsWith(UNFINISHED)
          && parent.attributes(name).filter(found -> found.mtime() < old).isPresent()) {
        removeQuietly(parent, name);
      }
    }
  }

  private void removeQuietly(Directory parent, RawPath unfinished) {
    try {
      if (parent.attributes(unfinished).isPresent()) {
        remove(parent, unfinished);
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("{}/{}, which is not a home yet, could not be removed", parent, unfinished, e);
    }
  }

  /** Removes as its owner what went in as its owner; the folder itself is the parent's. */
  private void remove(Directory parent, RawPath unfinished) throws IOException {
    try (var home = parent.folder(unfinished)) {
      var owner = home.attributes();
      if (owner.uid() != ROOT) {
        var account =
            new Account("nobody", owner.uid(), owner.gid(), List.of(), Path.of("/nonexistent"));
        asUser.run(account, () -> Trees.empty(home));
      }
    }
    parent.removeFolder(unfinished);
  }

  private static void checkSafe(Directory parent, Account account) throws IOException {
    var found = parent.attributes();
    if (found.uid() != ROOT || (found.mode() & WRITABLE_BY_OTHERS) != 0) {
      throw new SpawnRefused(
          "home-parent",
          "The folder "
              + parent
              + " does not belong to root alone, so the home of "
              + account.name()
              + " is not made in it.",
          "chown root " + parent + " && chmod go-w " + parent + ", or make the home by hand.");
    }
  }

  private static SpawnRefused mayNot(Account account, IOException cause) {
    return new SpawnRefused(
        "home-not-made",
        "The bridge may not make the home " + account.home() + ": " + cause.getMessage() + ".",
        "On a network file system that squashes root, make it where the files are: install -d -m"
            + " 0700 -o "
            + account.uid()
            + " -g "
            + account.gid()
            + " "
            + account.home()
            + ".",
        cause);
  }
}
