package org.homeport.spawn.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.spawn.Refusals.assertRefused;
import static org.homeport.spawn.home.HomeFixture.ADA;
import static org.homeport.spawn.home.HomeFixture.GID;
import static org.homeport.spawn.home.HomeFixture.IMAGE;
import static org.homeport.spawn.home.HomeFixture.UID;
import static org.homeport.spawn.home.HomeFixture.gid;
import static org.homeport.spawn.home.HomeFixture.giveToUser;
import static org.homeport.spawn.home.HomeFixture.uid;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.homeport.spawn.identity.AsUser;
import org.homeport.spawn.progress.Progress;
import org.homeport.spawn.seed.Seed;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first login, and homes that are not fit. */
class NewHomeTest {
  @TempDir Path homes;
  @TempDir Path skeleton;
  private HomeFixture ada;
  private Path home;

  @BeforeEach
  void letEverybodyReadTheSkeleton() throws IOException {
    ada = new HomeFixture(homes);
    home = ada.account.home();
    permit(skeleton, "rwxr-xr-x");
  }

  @Test
  void theFirstLoginMakesTheHome() throws IOException {
    ada.prepare(Seed.NONE);

    assertThat(uid(home)).isEqualTo(UID);
    assertThat(gid(home)).isEqualTo(GID);
    assertThat(permissions(home)).isEqualTo("rwx------");
    assertThat(ada.folder).isEmptyDirectory();
    assertThat(uid(ada.folder)).isEqualTo(UID);
    assertThat(names(homes)).containsExactly("ada");
  }

  @Test
  void aNewHomeIsACopyOfTheSkeleton() throws IOException {
    Files.writeString(skeleton.resolve(".profile"), "umask 027");
    Files.createDirectories(skeleton.resolve(".config/empty"));
    Files.writeString(skeleton.resolve(".config/run"), "#!/bin/sh");
    permit(skeleton.resolve(".config/run"), "rwxr-xr-x");
    Files.createSymbolicLink(skeleton.resolve("latest"), Path.of(".config"));

    prepareWithSkeleton();

    assertThat(home.resolve(".profile")).hasContent("umask 027");
    assertThat(uid(home.resolve(".profile"))).isEqualTo(UID);
    assertThat(gid(home.resolve(".config/run"))).isEqualTo(GID);
    assertThat(permissions(home.resolve(".config/run"))).isEqualTo("rwxr-xr-x");
    assertThat(home.resolve(".config/empty")).isEmptyDirectory();
    assertThat(Files.readSymbolicLink(home.resolve("latest"))).isEqualTo(Path.of(".config"));
  }

  @Test
  void anExistingHomeGetsNoSkeletonAndKeepsItsMode() throws IOException {
    Files.writeString(skeleton.resolve(".profile"), "umask 027");
    permit(giveToUser(Files.createDirectory(home)), "rwxr-x--x");

    prepareWithSkeleton();

    assertThat(names(home)).containsExactly(ada.name());
    assertThat(permissions(home)).isEqualTo("rwxr-x--x");
  }

  @Test
  void ofManyWhoMakeAHomeAtOnceAllFindTheSame() throws Exception {
    Files.writeString(skeleton.resolve(".profile"), "umask 027");
    var threads = Executors.newFixedThreadPool(2);
    try {
      for (var round = 0; round < 50; round++) {
        var here = Files.createDirectory(homes.resolve("round" + round));
        // Two bridges: what one locks, the other does not know.
        Callable<Path> bridge = () -> prepare(new HomeFixture(here));

        assertThat(threads.invokeAll(List.of(bridge, bridge)))
            .extracting(Future::get)
            .allSatisfy(made -> assertThat(made.resolve(".profile")).hasContent("umask 027"));
        assertThat(names(here)).containsExactly("ada");
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void whatAKilledBridgeLeftOfANewHomeIsRemovedWithTheNextOne() throws IOException {
    var left = Files.createDirectories(homes.resolve(".homeport-new-1/.config")).getParent();
    giveToUser(left.resolve(".config"));
    giveToUser(Files.writeString(left.resolve(".config/half"), "ha"));
    Files.createDirectory(homes.resolve(".homeport-new-2"));
    var young = Files.createDirectory(homes.resolve(".homeport-new-3"));
    for (var old : List.of(giveToUser(left), homes.resolve(".homeport-new-2"))) {
      Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    }

    prepareWithSkeleton();

    assertThat(names(homes)).containsExactlyInAnyOrder("ada", young.getFileName().toString());
  }

  @Test
  void aHomeThatCouldNotBeMadeLeavesNothingBehind() throws IOException {
    Files.writeString(skeleton.resolve("secret"), "for root only");
    permit(skeleton.resolve("secret"), "rw-------");

    var refused = assertRefused(this::prepareWithSkeleton, "home-not-made", skeleton + "/secret");

    assertThat(refused.remedy()).contains("install -d -m 0700 -o 12001 -g 12901 " + home);
    assertThat(homes).isEmptyDirectory();
  }

  @Test
  void aHomeOfSomebodyElseIsRefused() throws IOException {
    Files.setAttribute(Files.createDirectory(home), "unix:uid", 12004);

    var refused =
        assertRefused(
            () -> ada.prepare(Seed.NONE), "home-owner", home.toString(), "12004", "12001");

    assertThat(refused.remedy()).isEqualTo("chown it, or set accounts.source.");
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void aHomeThatIsALinkOrAFileIsRefused() throws IOException {
    var elsewhere = giveToUser(Files.createDirectory(homes.resolve("elsewhere")));
    Files.createSymbolicLink(home, elsewhere);
    assertRefused(() -> ada.prepare(Seed.NONE), "home-not-a-folder", home.toString(), "link");

    Files.delete(home);
    giveToUser(Files.createFile(home));
    assertRefused(() -> ada.prepare(Seed.NONE), "home-not-a-folder", home.toString(), "file");

    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void noHomeIsMadeWhereOthersMayWrite() throws IOException {
    permit(homes, "rwxrwxrwx");
    assertRefused(() -> ada.prepare(Seed.NONE), "home-parent", homes.toString());

    permit(homes, "rwxr-xr-x");
    giveToUser(homes);
    assertRefused(() -> ada.prepare(Seed.NONE), "home-parent", homes.toString());

    assertThat(homes).isEmptyDirectory();
  }

  @Test
  void noHomeIsMadeWhereNothingIsMounted() {
    var lost = new HomeFixture(homes.resolve("not-mounted"));

    assertRefused(() -> lost.prepare(Seed.NONE), "home-parent", homes + "/not-mounted");
  }

  private void prepareWithSkeleton() {
    prepare(ada);
  }

  private Path prepare(HomeFixture fixture) {
    new HomePreparer(
            new HomeFiles(new AsUser(), Optional.of(skeleton)), new AsUser(), fixture.ledger)
        .prepare(ADA, fixture.account, IMAGE, fixture.folder, Seed.NONE, Progress.SILENT);
    return fixture.account.home();
  }

  private static void permit(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static Stream<String> names(Path folder) throws IOException {
    try (var list = Files.list(folder)) {
      return list.map(path -> path.getFileName().toString()).toList().stream();
    }
  }
}
