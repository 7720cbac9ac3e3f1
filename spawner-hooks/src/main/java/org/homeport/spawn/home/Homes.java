package org.homeport.spawn.home;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.homeport.spawn.files.Attributes;
import org.homeport.spawn.files.Attributes.Kind;
import org.homeport.spawn.files.Directory;
import org.homeport.spawn.files.RawPath;
import org.homeport.spawn.files.Trees;
import org.homeport.spawn.identity.Account;
import org.homeport.spawn.identity.AsUser;
import org.homeport.spawn.refusal.SpawnRefused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the home of an account, and makes it at the first login.
 *
 * <p>A new home is made under another name and renamed when it is whole, so a home is never found
 * half-made or with the wrong owner.
 */
final class Homes {
  private static final Logger LOG = LoggerFactory.getLogger(Homes.class);
  private static final String UNFINISHED = ".homeport-new-";
  private static final long LONGEST_MAKING = TimeUnit.HOURS.toNanos(1);
  private static final int ROOT = 0;
  private static final int WRITABLE_BY_OTHERS = 0022;

  private final AsUser asUser;
  private final Optional<Path> skeleton;

  Homes(AsUser asUser, Optional<Path> skeleton) {
    this.asUser = asUser;
    this.skeleton = skeleton;
  }

  /**
   * The home, which is a folder that belongs to the account.
   *
   * @throws SpawnRefused if it is not, or cannot be made
   */
  Directory open(Account account) throws IOException {
    var name = RawPath.of(account.home().getFileName().toString());
    try (var parent = openParent(account)) {
      if (parent.attributes(name).isEmpty()) {
        make(account, parent, name);
      }
      return openChecked(account, parent, name);
    }
  }

  private static Directory openParent(Account account) throws IOException {
    var parent = account.home().getParent();
    try {
      return Directory.open(parent);
    } catch (NoSuchFileException missing) {
      throw new SpawnRefused(
          "home-parent",
          "There is no folder " + parent + " for the home of " + account.name() + ".",
          "Make it (install -d -m 0755 " + parent + "), or mount what belongs there.",
          missing);
    }
  }

  private static Directory openChecked(Account account, Directory parent, RawPath name)
      throws IOException {
    var kind = parent.attributes(name).map(Attributes::kind).orElse(Kind.OTHER);
    if (kind != Kind.FOLDER) {
      throw new SpawnRefused(
          "home-not-a-folder",
          "Home "
              + account.home()
              + " is a "
              + (kind == Kind.LINK ? "link" : "file")
              + ", not a folder.",
          "Set the account's home to the folder itself, or move what is there away.");
    }
    var home = parent.folder(name);
    var owner = home.attributes().uid();
    if (owner != account.uid()) {
      home.close();
      throw new SpawnRefused(
          "home-owner",
          "Home "
              + account.home()
              + " belongs to uid "
              + owner
              + ", expected "
              + account.uid()
              + ".",
          "chown it, or set accounts.source.");
    }
    return home;
  }

  private void make(Account account, Directory parent, RawPath name) throws IOException {
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
      // Just made by another bridge, or by a login: then theirs is the home.
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

  /** Removes what killed bridges began; what is young may be in the making elsewhere. */
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
      LOG.warn("{}/{}, which is no home yet, could not be removed", parent, unfinished, e);
    }
  }

  /**
   * What is in it went in as its owner and goes as its owner; the folder itself is the parent's.
   */
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
