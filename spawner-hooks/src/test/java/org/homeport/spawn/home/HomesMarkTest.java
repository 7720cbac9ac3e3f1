package org.homeport.spawn.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.spawn.Refusals.assertRefused;
import static org.homeport.spawn.home.HomeFixture.ADA;
import static org.homeport.spawn.home.HomeFixture.IMAGE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.homeport.spawn.identity.Account;
import org.homeport.spawn.identity.AsUser;
import org.homeport.spawn.progress.Progress;
import org.homeport.spawn.seed.MemorySeedLedger;
import org.homeport.spawn.seed.Seed;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk of the homes is mounted or not: here, a folder is moved away and comes back. */
class HomesMarkTest {
  @TempDir Path folder;
  private Path homes;

  @BeforeEach
  void aDiskWithAHome() throws IOException {
    homes = Files.createDirectory(folder.resolve("homes"));
    prepare("ada");
  }

  @Test
  void noHomeIsMadeWhereTheDiskOfTheHomesIsMissing() throws IOException {
    var disk = unmount();

    assertRefused(() -> prepare("ada"), "homes-not-mounted", homes.toString());
    assertRefused(() -> prepare("new"), "homes-not-mounted", homes.toString());
    assertThat(homes).isEmptyDirectory();

    Files.delete(homes);
    Files.move(disk, homes);
    prepare("ada");
    prepare("new");
    assertThat(homes.resolve("new")).isDirectory();
  }

  @Test
  void anotherDiskThanBeforeIsNotTaken() throws IOException {
    unmount();
    Files.writeString(homes.resolve(".homeport-homes"), "another");

    assertRefused(() -> prepare("new"), "homes-not-mounted", homes.toString());
  }

  @Test
  void theRemedyMarksAFolderThatIsTheRightOne() throws Exception {
    unmount();
    var remedy = assertRefused(() -> prepare("new"), "homes-not-mounted").remedy();
    var command = remedy.replaceFirst(".*mark it again: (.*)\\.$", "$1");

    assertThat(new ProcessBuilder("sh", "-c", command).start().waitFor()).isZero();

    prepare("new");
    assertThat(homes.resolve("new")).isDirectory();
  }

  @Test
  void aBridgeThatForgotKnowsTheMarkOfTheDisk() throws IOException {
    var mark = Files.readString(homes.resolve(".homeport-homes"));
    try (var records = Files.list(folder.resolve("state"))) {
      for (var record : records.toList()) {
        Files.delete(record);
      }
    }

    prepare("ada");

    assertThat(homes.resolve(".homeport-homes")).hasContent(mark);
    unmount();
    assertRefused(() -> prepare("new"), "homes-not-mounted");
  }

  private Path unmount() throws IOException {
    var disk = Files.move(homes, folder.resolve("disk"));
    Files.createDirectory(homes);
    return disk;
  }

  /** Each time as a bridge that was just started. */
  private void prepare(String name) {
    var home = homes.resolve(name);
    var account = new Account(name, HomeFixture.UID, HomeFixture.GID, List.of(), home);
    var files = new HomeFiles(new AsUser(), Optional.empty(), folder.resolve("state"));
    new HomePreparer(files, new AsUser(), new MemorySeedLedger())
        .prepare(ADA, account, IMAGE, home.resolve("env"), Seed.NONE, Progress.SILENT);
  }
}
