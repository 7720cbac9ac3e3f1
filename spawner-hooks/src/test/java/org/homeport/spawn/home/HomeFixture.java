package org.homeport.spawn.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.homeport.spawn.identity.Account;
import org.homeport.spawn.identity.AsUser;
import org.homeport.spawn.identity.HubUser;
import org.homeport.spawn.image.ImageName;
import org.homeport.spawn.progress.Progress;
import org.homeport.spawn.seed.MemorySeedLedger;
import org.homeport.spawn.seed.Seed;
import org.homeport.spawn.seed.SeedLedger;
import org.homeport.spawn.seed.SeedOf;

/** Homes of accounts that exist as numbers only, below one folder, and who prepares them. */
final class HomeFixture {
  static final int UID = 12001;
  static final int GID = 12901;
  static final HubUser ADA = HubUser.of("ada");
  static final ImageName IMAGE = ImageName.of("plasmabio/template-python:2");

  final Account account;
  final Path folder;
  final SeedLedger ledger = new MemorySeedLedger();
  final HomeFiles files = new HomeFiles(new AsUser());
  final HomePreparer preparer = new HomePreparer(files, new AsUser(), ledger);

  HomeFixture(Path homes) {
    account = new Account("ada", UID, GID, List.of(), homes.resolve("ada"));
    folder = account.home().resolve("template-python-2");
  }

  void prepare(Seed seed) {
    prepare(seed, Progress.SILENT);
  }

  void prepare(SeedOf seed) {
    prepare(seed.seed());
  }

  void prepare(Seed seed, Progress progress) {
    preparer.prepare(ADA, account, IMAGE, folder, seed, progress);
  }

  /** A path in the environment folder. */
  Path at(String path) {
    return folder.resolve(path);
  }

  String name() {
    return folder.getFileName().toString();
  }

  /** Writes a file as the user, with this content. */
  void write(String path, String content) throws IOException {
    giveToUser(Files.writeString(at(path), content));
  }

  static Path giveToUser(Path path) throws IOException {
    Files.setAttribute(path, "unix:uid", UID, java.nio.file.LinkOption.NOFOLLOW_LINKS);
    Files.setAttribute(path, "unix:gid", GID, java.nio.file.LinkOption.NOFOLLOW_LINKS);
    return path;
  }

  static int uid(Path path) throws IOException {
    return (int) Files.getAttribute(path, "unix:uid", java.nio.file.LinkOption.NOFOLLOW_LINKS);
  }

  static int gid(Path path) throws IOException {
    return (int) Files.getAttribute(path, "unix:gid", java.nio.file.LinkOption.NOFOLLOW_LINKS);
  }
}
