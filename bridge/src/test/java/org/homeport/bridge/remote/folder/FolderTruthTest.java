package org.homeport.bridge.remote.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import org.homeport.bridge.backup.BackupBed;
import org.homeport.bridge.backup.BackupSettings;
import org.homeport.bridge.backup.TruthContract;
import org.homeport.bridge.backup.VerifySample;
import org.homeport.bridge.remote.Remotes;
import org.homeport.bridge.run.Run.Status;
import org.homeport.bridge.run.Skipped;
import org.homeport.bridge.scan.ChosenFolders;
import org.homeport.bridge.scan.ScanScope;
import org.homeport.bridge.scan.TestMount;
import org.junit.jupiter.api.Test;

class FolderTruthTest extends TruthContract {
  @Override
  protected Storage storage(Path place) throws IOException {
    return new Disk(Files.createDirectory(place.resolve("disk")));
  }

  @Test
  void aDiskThatIsNoLongerMountedInAHomeIsNotTakenForDeleted() throws Exception {
    try (var storage = storage(place);
        var bed = new BackupBed(place, storage.remotes(), crossing())) {
      var home = bed.home().write("a.txt", "a").folder("disk-of-ada");
      var mount = TestMount.tmpfs(home.path("disk-of-ada"));
      try (mount) {
        home.write("disk-of-ada/b.txt", "b");
        assertThat(bed.backUp().status()).isEqualTo(Status.DONE);
      }
      for (var run = 0; run < 2; run++) {
        assertThat(bed.backUp().report().skipped())
            .extracting(Skipped::path)
            .containsExactly("disk-of-ada");
        assertThat(bed.saved()).containsOnlyKeys("a.txt", "disk-of-ada/b.txt");
      }
      home.write("disk-of-ada/c.txt", "c");
      bed.backUp();
      assertThat(bed.saved()).containsOnlyKeys("a.txt", "disk-of-ada/c.txt");
      home.delete("disk-of-ada/c.txt");
      bed.backUp();
      assertThat(bed.saved()).containsOnlyKeys("a.txt");
    }
  }

  private static BackupSettings crossing() {
    var usual = BackupSettings.DEFAULTS;
    return new BackupSettings(
        usual.remote(),
        usual.root(),
        new ScanScope(ChosenFolders.ALL, List.of(), true),
        usual.nightly(),
        usual.afterStop(),
        usual.atOnce(),
        usual.connections(),
        usual.guardedShare(),
        usual.ignoreInode());
  }

  @Test
  void aHoleTakesNoRoomOnTheDisk() throws Exception {
    try (var storage = storage(place);
        var bed = new BackupBed(place, storage.remotes())) {
      bed.home().write("sparse", "beginning").lengthen("sparse", 20_000_000);
      assertThat(bed.backUp().status()).isEqualTo(Status.DONE);
      var verification = bed.verifications().verify(BackupBed.HOME, "test", VerifySample.ALL);
      assertThat(verification.status()).isEqualTo(Status.DONE);
    }
  }

  /** A small disk that holds nothing but the backup folder. */
  private static final class Disk implements Storage {
    private final Path disk;
    private final Path folder;
    private final Path aside;
    private final TestMount mount;

    Disk(Path disk) throws IOException {
      this.disk = disk;
      this.mount = TestMount.disk(disk, "8m");
      this.folder = Files.createDirectory(disk.resolve("backup"));
      this.aside = disk.resolve("aside");
    }

    @Override
    public Remotes remotes() {
      return new FolderRemotes(folder, Clock.systemUTC());
    }

    @Override
    public List<Fault> faults() {
      return List.of(
          Fault.open("it is emptied", () -> empty(folder)),
          Fault.open("it is gone", () -> delete(folder)),
          Fault.open("its disk is not mounted", this::unmount).undoneBy(this::mountAgain),
          Fault.open("it is replaced by another one", this::replace),
          Fault.open("it cannot be written", () -> mount.readOnly(true))
              .undoneBy(() -> mount.readOnly(false)),
          Fault.open("its disk is full", this::fill)
              .undoneBy(() -> Files.delete(disk.resolve("filler"))),
          Fault.silent("a file is truncated", () -> truncate(home("folder/deep/c.txt"))),
          Fault.silent("a bit is flipped", () -> flip(home("folder/deep/c.txt"))),
          Fault.silent("a file is renamed", () -> Files.move(home("a.txt"), home("other.txt"))),
          Fault.silent("a file is removed", () -> Files.delete(home("a.txt"))),
          Fault.silent("a folder is moved", () -> Files.move(home("folder"), folder.resolve("f"))),
          Fault.silent("the home is moved", () -> Files.move(home(""), folder.resolve("x"))),
          Fault.silent("a file is edited", () -> Files.writeString(home("a.txt"), "edited there")));
    }

    private Path home(String path) {
      return folder.resolve("home/ada").resolve(path);
    }

    private void unmount() throws IOException {
      Files.move(folder, aside);
      Files.createDirectory(folder);
    }

    private void mountAgain() throws IOException {
      delete(folder);
      Files.move(aside, folder);
    }

    private void replace() throws IOException {
      empty(folder);
      new FolderRemotes(folder, Clock.systemUTC()).open(BackupBed.ADA).close();
    }

    private void fill() throws IOException {
      try (OutputStream out = Files.newOutputStream(disk.resolve("filler"))) {
        while (true) {
          out.write(new byte[4096]);
        }
      } catch (IOException full) {
        // as it should be
      }
    }

    private static void truncate(Path file) throws IOException {
      try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(channel.size() / 2);
      }
    }

    private static void flip(Path file) throws IOException {
      var bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 1;
      Files.write(file, bytes);
    }

    private static void empty(Path folder) throws IOException {
      delete(folder);
      Files.createDirectory(folder);
    }

    private static void delete(Path folder) throws IOException {
      try (var all = Files.walk(folder)) {
        for (var one : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(one);
        }
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }

    @Override
    public void close() {
      mount.close();
    }
  }
}
