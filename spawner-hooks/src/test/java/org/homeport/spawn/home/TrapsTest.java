package org.homeport.spawn.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.spawn.Refusals.assertRefused;
import static org.homeport.spawn.home.HomeFixture.giveToUser;
import static org.homeport.spawn.seed.SeedOf.nothing;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.homeport.spawn.refusal.SpawnRefused;
import org.homeport.spawn.seed.Seed;
import org.homeport.spawn.seed.SeedOf;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A home full of traps: no byte outside it changes. */
class TrapsTest {
  @TempDir Path homes;

  /** The end of a trap: a place that the user may write, so no right of theirs is in the way. */
  @TempDir Path outside;

  private HomeFixture ada;

  @BeforeEach
  void aHomeAndAnOutside() throws IOException {
    ada = new HomeFixture(homes);
    ada.prepare(Seed.NONE);
    giveToUser(outside);
    giveToUser(Files.writeString(outside.resolve("plot.py"), "theirs"));
    giveToUser(Files.writeString(outside.resolve("empty"), ""));
  }

  @Test
  void anEnvironmentFolderThatIsALinkIsRefused() throws IOException {
    var etc = snapshot(Path.of("/etc"));
    for (var target : new Path[] {outside, Path.of("/etc"), homes}) {
      Files.delete(ada.folder);
      Files.createSymbolicLink(ada.folder, target);
      assertRefused(
          () -> ada.prepare(nothing().file("plot.py", "v1")),
          "environment-folder",
          ada.folder.toString());
    }

    assertThat(snapshot(Path.of("/etc"))).isEqualTo(etc);
    assertOutsideUntouched();
  }

  @Test
  void anEnvironmentFolderThatBecomesALinkAfterItWasSeededIsRefused() throws IOException {
    ada.ledger.forget(HomeFixture.ADA, ada.name());
    ada.prepare(Seed.NONE);
    Files.delete(ada.folder);
    Files.createSymbolicLink(ada.folder, outside);

    assertRefused(() -> ada.prepare(Seed.NONE), "environment-folder", ada.folder.toString());
  }

  @Test
  void aLinkAtASeedsNameIsNeitherFollowedNorReplaced() throws IOException {
    Files.createSymbolicLink(ada.at("plot.py"), outside.resolve("plot.py"));
    Files.createSymbolicLink(ada.at("new"), outside.resolve("new"));
    Files.createSymbolicLink(ada.at("ex"), outside);

    ada.prepare(nothing().file("plot.py", "v1").file("new", "v1").folder("ex").file("ex/1", "1"));

    assertThat(Files.readSymbolicLink(ada.at("plot.py"))).isEqualTo(outside.resolve("plot.py"));
    assertOutsideUntouched();
  }

  @Test
  void aLinkInPlaceOfSomethingSeededIsNotFollowed() throws IOException {
    ada.prepare(nothing().file("plot.py", "v1").folder("ex").file("ex/plot.py", "v1"));
    Files.delete(ada.at("plot.py"));
    Files.delete(ada.at("ex/plot.py"));
    Files.delete(ada.at("ex"));
    Files.createSymbolicLink(ada.at("plot.py"), outside.resolve("plot.py"));
    Files.createSymbolicLink(ada.at("ex"), outside);

    ada.prepare(
        nothing().file("plot.py", "v2").folder("ex").file("ex/plot.py", "v2").file("ex/new", "v2"));

    assertThat(ada.at("plot.py.new-2")).hasContent("v2");
    assertOutsideUntouched();
  }

  @Test
  void aTornFileIsNotRepairedThroughALink() throws IOException {
    var seed = nothing().file("empty", "v1").folder("ex").file("ex/empty", "v1");
    ada.ledger.begin(HomeFixture.ADA, ada.name(), seed.manifest());
    Files.createSymbolicLink(ada.at("empty"), outside.resolve("empty"));
    Files.createSymbolicLink(ada.at("ex"), outside);

    ada.prepare(seed);

    assertOutsideUntouched();
  }

  @Test
  void aWorkFolderThatIsALinkIsNotFollowed() throws IOException {
    Files.createSymbolicLink(ada.at(".homeport-seeding"), outside);

    ada.prepare(nothing().file("a", "a"));

    assertThat(ada.at("a")).hasContent("a");
    assertOutsideUntouched();
  }

  @Test
  void aFifoAtASeedsNameHoldsNobody() throws Exception {
    ada.prepare(nothing().file("seeded", "v1"));
    Files.delete(ada.at("seeded"));
    for (var name : new String[] {"seeded", "own"}) {
      run("mkfifo", ada.at(name).toString());
      giveToUser(ada.at(name));
    }

    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> ada.prepare(nothing().file("seeded", "v2").file("own", "v2").file("a", "a")));

    assertThat(ada.at("a")).hasContent("a");
    assertThat(ada.at("seeded.new-2")).hasContent("v2");
    assertThat(Files.isRegularFile(ada.at("own"))).isFalse();
  }

  @Test
  void foldersSwappedForLinksWhileSeedingLeadNowhere() throws Exception {
    var rounds = 40;
    var swaps = new AtomicInteger();
    for (var round = 0; round < rounds; round++) {
      // Each round the image has something new for every folder and every file.
      var swapper = new Swapper(swaps);
      try {
        ada.prepare(image(round));
      } catch (SpawnRefused overtaken) {
        // What was swapped away at the wrong moment may end a run, never lead it astray.
        assertThat(overtaken.code()).startsWith("home-");
      } finally {
        swapper.stop();
      }
    }

    assertOutsideUntouched();
    assertThat(swaps.get()).as("swaps during " + rounds + " runs").isGreaterThan(rounds);
  }

  private static SeedOf image(int round) {
    var seed = nothing();
    for (var folder = 0; folder < 20; folder++) {
      var name = "folder" + folder;
      seed.folder(name);
      seed.file(name + "/plot.py", "round " + round);
      IntStream.range(0, 5).forEach(i -> seed.file(name + "/" + round + "-" + i, "new " + i));
      seed.folder(name + "/sub" + round).file(name + "/sub" + round + "/a", "a");
    }
    return seed;
  }

  private void assertOutsideUntouched() throws IOException {
    assertThat(outside.resolve("plot.py")).hasContent("theirs");
    assertThat(outside.resolve("empty")).isEmptyFile();
    assertThat(snapshot(outside)).containsOnlyKeys("plot.py", "empty");
  }

  /** Names, sizes and times of what is right in a folder. */
  private static Map<String, String> snapshot(Path folder) throws IOException {
    var found = new TreeMap<String, String>();
    try (var list = Files.newDirectoryStream(folder)) {
      for (var path : list) {
        var state = Files.readAttributes(path, "unix:size,ctime,mode", LinkOption.NOFOLLOW_LINKS);
        found.put(path.getFileName().toString(), new TreeMap<>(state).toString());
      }
    }
    return found;
  }

  private static void run(String... command) throws Exception {
    assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
  }

  /** Swaps the seeded folders for links to the outside and back, as fast as it can. */
  private final class Swapper {
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final CountDownLatch started = new CountDownLatch(1);
    private final AtomicInteger swaps;
    private final Thread thread = new Thread(this::swap);

    Swapper(AtomicInteger swaps) throws InterruptedException {
      this.swaps = swaps;
      thread.start();
      started.await();
    }

    private void swap() {
      while (!stopped.get()) {
        started.countDown();
        for (var i = 0; i < 20; i++) {
          var folder = ada.at("folder" + i);
          var aside = ada.at("aside" + i + "-" + swaps.get());
          try {
            Files.move(folder, aside);
            Files.createSymbolicLink(folder, outside);
            swaps.incrementAndGet();
            Files.delete(folder);
            Files.move(aside, folder);
          } catch (IOException notYetThere) {
            // The next round meets it.
          }
        }
      }
    }

    void stop() throws InterruptedException {
      stopped.set(true);
      thread.join();
    }
  }
}
