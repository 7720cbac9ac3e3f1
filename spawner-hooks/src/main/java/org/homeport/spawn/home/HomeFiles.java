package org.homeport.spawn.home;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.homeport.spawn.files.Attributes;
import org.homeport.spawn.files.Attributes.Kind;
import org.homeport.spawn.files.Directory;
import org.homeport.spawn.files.FileSystemWatch;
import org.homeport.spawn.files.RawPath;
import org.homeport.spawn.files.SilentFileSystemException;
import org.homeport.spawn.identity.Account;
import org.homeport.spawn.identity.AsUser;
import org.homeport.spawn.refusal.SpawnRefused;

/**
 * The only door to homes: opens a home that is a folder of its account, and has work done in it as
 * its owner. Any number may read in a home; one writes at a time.
 */
public final class HomeFiles {
  private final AsUser asUser;
  private final HomeMaker maker;
  private final Optional<HomesMark> mark;
  private final FileSystemWatch watch = new FileSystemWatch();
  private final Map<Path, Object> locks = new ConcurrentHashMap<>();

  /** Work in an open home. */
  @FunctionalInterface
  public interface Work<T> {
    T in(Directory home) throws IOException;
  }

  /** Work in an open home that has no result. */
  @FunctionalInterface
  public interface Action {
    void in(Directory home) throws IOException;
  }

  /** A door behind which new homes are empty. */
  public HomeFiles(AsUser asUser) {
    this(asUser, Optional.empty());
  }

  /**
   * @param skeleton the folder that new homes are a copy of, such as /etc/skel; everybody must be
   *     able to read it
   */
  public HomeFiles(AsUser asUser, Optional<Path> skeleton) {
    this(asUser, skeleton, Optional.empty());
  }

  /**
   * @param marks the folder that remembers the disks of homes, so that none is made where their
   *     disk is not mounted
   */
  public HomeFiles(AsUser asUser, Optional<Path> skeleton, Path marks) {
    this(asUser, skeleton, Optional.of(new HomesMark(marks)));
  }

  private HomeFiles(AsUser asUser, Optional<Path> skeleton, Optional<HomesMark> mark) {
    this.asUser = asUser;
    this.mark = mark;
    this.maker = new HomeMaker(asUser, skeleton);
  }

  /**
   * Reads in the home as its owner.
   *
   * @throws NoSuchFileException if there is no home
   * @throws SpawnRefused if what is there is not a home of the account
   */
  public <T> T read(Account account, Work<T> work) throws IOException {
    try (var home = open(account)) {
      return asUser.call(account, () -> work.in(home));
    }
  }

  /**
   * Writes in the home as its owner. Waits while somebody else writes in it, so keep each act
   * short.
   *
   * @throws NoSuchFileException if there is no home
   * @throws SpawnRefused if what is there is not a home of the account
   */
  public <T> T write(Account account, Work<T> work) throws IOException {
    synchronized (lock(account)) {
      return read(account, work);
    }
  }

  /** Writes in the home as its owner, without a result. */
  public void act(Account account, Action action) throws IOException {
    this.<Void>write(
        account,
        home -> {
          action.in(home);
          return null;
        });
  }

  /** Has the home prepared by somebody who acts as its owner by itself; makes it if need be. */
  void prepare(Account account, Action action) throws IOException {
    synchronized (lock(account)) {
      try (var home = openOrMake(account)) {
        action.in(home);
      }
    }
  }

  /** Opens a home on a thread of its own, as its file system may not answer. */
  private Directory open(Account account) throws IOException {
    try {
      return watch.ask(account.home(), () -> openNow(account), Directory::close);
    } catch (SilentFileSystemException e) {
      throw new SpawnRefused(
          "home-silent",
          "The home " + account.home() + " is in a file system that does not answer.",
          "Have the server of the homes looked at, then start again.",
          e);
    }
  }

  private Object lock(Account account) {
    return locks.computeIfAbsent(account.home(), home -> new Object());
  }

  private Directory openOrMake(Account account) throws IOException {
    try {
      return open(account);
    } catch (NoSuchFileException missing) {
      make(account);
      return open(account);
    }
  }

  private void make(Account account) throws IOException {
    try (var parent = openParent(account)) {
      if (mark.isPresent()) {
        mark.get().check(parent, account.home().getParent());
      }
      maker.make(account, parent, nameOf(account));
    }
  }

  private Directory openNow(Account account) throws IOException {
    try (var parent = openParent(account)) {
      var home = openChecked(account, parent);
      mark.ifPresent(disk -> disk.note(parent, account.home().getParent()));
      return home;
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

  private static Directory openChecked(Account account, Directory parent) throws IOException {
    var name = nameOf(account);
    var kind = parent.attributes(name).map(Attributes::kind);
    if (kind.isEmpty()) {
      throw new NoSuchFileException(account.home().toString());
    }
    if (kind.get() != Kind.FOLDER) {
      throw new SpawnRefused(
          "home-not-a-folder",
          "Home "
              + account.home()
              + " is a "
              + (kind.get() == Kind.LINK ? "link" : "file")
              + ", not a folder.",
          "Set the account's home to the folder itself, or move what is there away.");
    }
    var home = parent.folder(name);
    try {
      requireOwner(account, home);
      return home;
    } catch (IOException | SpawnRefused e) {
      home.close();
      throw e;
    }
  }

  private static void requireOwner(Account account, Directory home) throws IOException {
    var owner = home.attributes().uid();
    if (owner != account.uid()) {
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
  }

  private static RawPath nameOf(Account account) {
    return RawPath.of(account.home().getFileName().toString());
  }
}
