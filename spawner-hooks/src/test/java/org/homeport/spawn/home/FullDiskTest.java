package org.homeport.spawn.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.spawn.Refusals.assertRefused;
import static org.homeport.spawn.home.HomeFixture.ADA;
import static org.homeport.spawn.home.HomeFixture.IMAGE;
import static org.homeport.spawn.seed.SeedOf.nothing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.stream.IntStream;
import org.homeport.spawn.files.RawPath;
import org.homeport.spawn.identity.AsUser;
import org.homeport.spawn.progress.Progress;
import org.homeport.spawn.seed.Seed;
import org.homeport.spawn.seed.SeedOf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Homes on a disk of 1 MiB. */
class FullDiskTest {
  private static final int FILE = 64 << 10;

  @TempDir Path homes;
  private HomeFixture ada;

  @BeforeEach
  void mountASmallDisk() throws Exception {
    run(
        "mount",
        "-t",
        "tmpfs",
        "-o",
        "size=1m,nr_inodes=60,mode=755",
        "homeport-test",
        homes.toString());
    ada = new HomeFixture(homes);
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", homes.toString());
  }

  @Test
  void aFullHomeIsRefusedAndCompletedOnceThereIsSpace() throws IOException {
    ada.prepare(Seed.NONE);
    var ballast = Files.write(ada.account.home().resolve("ballast"), new byte[10 * FILE]);

    var refused = assertRefused(() -> ada.prepare(seed()), "home-full", "ada", "No space left");
    assertThat(refused.remedy()).contains(ada.account.home().toString());
    assertThat(ada.at(".homeport-seeding")).doesNotExist();

    Files.delete(ballast);
    ada.prepare(seed());

    for (var i = 0; i < 10; i++) {
      assertThat(ada.at("file" + i)).hasSize(FILE);
    }
  }

  @Test
  void anUpdateThatFindsNoSpaceLeavesTheOldFiles() throws IOException {
    ada.prepare(nothing().file("file0", "v1").file("file1", "v1"));
    Files.write(ada.account.home().resolve("ballast"), new byte[15 * FILE]);

    assertRefused(() -> ada.prepare(seed()), "home-full");

    assertThat(ada.at("file1")).hasContent("v1");
  }

  @Test
  void aDiskThatIsOutOfInodesIsFullToo() throws IOException {
    var many = nothing();
    IntStream.range(0, 100).forEach(i -> many.file("file" + i, "x"));

    assertRefused(() -> ada.prepare(many), "home-full");
  }

  @Test
  void aFullDiskMakesNoHalfHome(@TempDir Path skeleton) throws IOException {
    Files.setPosixFilePermissions(skeleton, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.write(skeleton.resolve("tour.ipynb"), new byte[FILE]);
    var ballast = Files.write(homes.resolve("ballast"), new byte[16 * FILE]);
    var preparer =
        new HomePreparer(
            new HomeFiles(new AsUser(), Optional.of(skeleton)), new AsUser(), ada.ledger);

    assertRefused(
        () -> preparer.prepare(ADA, ada.account, IMAGE, ada.folder, Seed.NONE, Progress.SILENT),
        "home-full",
        "ada");

    try (var left = Files.list(homes)) {
      assertThat(left).containsExactly(ballast);
    }
  }

  private static SeedOf seed() {
    var seed = nothing();
    for (var i = 0; i < 10; i++) {
      seed.file(RawPath.of("file" + i), 0644, new byte[FILE]);
    }
    return seed;
  }

  private static void run(String... command) throws Exception {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }
}
