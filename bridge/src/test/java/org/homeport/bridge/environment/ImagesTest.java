package org.homeport.bridge.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.homeport.spawn.Refusals.assertRefused;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.homeport.bridge.engine.FakeImages;
import org.homeport.bridge.engine.Image;
import org.homeport.bridge.environment.EnvironmentSettings.Fetcher;
import org.homeport.bridge.environment.EnvironmentSettings.Pull;
import org.homeport.spawn.SpawnPlanner.StartIn;
import org.homeport.spawn.image.ImageName;
import org.homeport.spawn.image.ImagePattern;
import org.homeport.spawn.progress.Progress;
import org.homeport.spawn.refusal.SpawnRefused;
import org.homeport.spawn.seed.SeedCache;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ImagesTest {
  private static final ImageName LISTED = ImageName.of("course/listed:1");
  private static final ImageName MATCHED = ImageName.of("course/matched:1");
  private static final long ROOM = 1000;

  private final FakeImages store = new FakeImages();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  @TempDir private Path folder;

  @AfterEach
  void close() {
    threads.shutdownNow();
  }

  @Test
  void aUsersStartFetchesWhatIsListedByItsName() throws IOException {
    offer(LISTED, 0);
    assertThat(bring(images(Fetcher.ADMINISTRATORS), LISTED).join().names())
        .containsExactly(LISTED.name());
  }

  @Test
  void onlyAnAdministratorFetchesWhatAStarAllows() throws IOException {
    offer(MATCHED, 0);
    var images = images(Fetcher.ADMINISTRATORS);
    var refused = assertRefused(() -> bring(images, MATCHED), "image-missing", MATCHED.name());
    assertThat(refused.remedy()).contains("fetch " + MATCHED);
    images.pull(MATCHED, Progress.SILENT).join();
    assertThat(bring(images, MATCHED).join().names()).containsExactly(MATCHED.name());
  }

  @Test
  void aSettingLetsEverybodyFetchWhatAStarAllows() throws IOException {
    offer(MATCHED, 0);
    assertThat(bring(images(Fetcher.EVERYBODY), MATCHED).join().names())
        .containsExactly(MATCHED.name());
  }

  @Test
  void aFetchEndsWhenTheLastOneWhoWaitsLeaves() throws IOException {
    offer(LISTED, 1);
    var images = images(Fetcher.EVERYBODY);
    var one = bring(images, LISTED);
    var other = bring(images, LISTED);
    await().until(() -> store.pulling().contains(LISTED));
    one.cancel(false);
    assertThat(store.pulling()).containsExactly(LISTED);
    other.cancel(false);
    await().until(() -> store.pulling().isEmpty());
    assertThat(store.find(LISTED)).isEmpty();
  }

  @Test
  void whoeverComesAfterAFetchWasAbandonedBeginsAnother() throws IOException {
    offer(LISTED, 1);
    var images = images(Fetcher.EVERYBODY);
    bring(images, LISTED).cancel(false);
    offer(LISTED, 0);
    assertThat(bring(images, LISTED).join().names()).containsExactly(LISTED.name());
  }

  @Test
  void noMoreThanAFewAreFetchedAtOnce() throws IOException {
    var names = Stream.of("a", "b", "c").map(name -> ImageName.of("course/" + name)).toList();
    var go = new CountDownLatch(1);
    names.forEach(name -> store.offer(name, go));
    var images = images(Fetcher.EVERYBODY);
    var pulls = names.stream().map(name -> bring(images, name)).toList();
    await().until(() -> store.pulling().size() == 2);
    go.countDown();
    pulls.forEach(CompletableFuture::join);
    assertThat(store.mostPulling()).isEqualTo(2);
  }

  @Test
  void nothingIsFetchedOntoAFullDisk() throws IOException {
    offer(LISTED, 0);
    store.leaveRoom(ROOM - 1);
    assertOutOfRoom(bring(images(Fetcher.EVERYBODY), LISTED));
    assertThat(store.find(LISTED)).isEmpty();
  }

  @Test
  void aFetchEndsBeforeItFillsTheDisk() throws IOException {
    offer(LISTED, 1);
    store.leaveRoom(ROOM);
    store.whilePulling(() -> store.leaveRoom(ROOM - 1));
    assertOutOfRoom(bring(images(Fetcher.EVERYBODY), LISTED));
    await().until(() -> store.pulling().isEmpty());
  }

  @Test
  void nobodyWaitsForAFetchInWhichJavaItselfFailed() throws IOException {
    offer(LISTED, 1);
    store.whilePulling(
        () -> {
          throw new NoClassDefFoundError("engine");
        });
    assertThat(bring(images(Fetcher.EVERYBODY), LISTED))
        .failsWithin(Duration.ofSeconds(30))
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(NoClassDefFoundError.class);
  }

  private static void assertOutOfRoom(CompletableFuture<Image> pull) {
    assertThat(pull)
        .failsWithin(Duration.ofSeconds(30))
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(SpawnRefused.class)
        .withMessageContaining("too little of the disk is free, since");
  }

  private void offer(ImageName name, int held) {
    store.offer(name, new CountDownLatch(held));
  }

  private static CompletableFuture<Image> bring(Images images, ImageName name) {
    return images.bring(name, images.find(name), Progress.SILENT, warning -> {});
  }

  private Images images(Fetcher fetcher) throws IOException {
    var settings =
        new EnvironmentSettings(
            List.of(ImagePattern.of("course/listed:1"), ImagePattern.of("course/*")),
            Pull.IF_MISSING,
            fetcher,
            2,
            ROOM,
            EnvironmentSettings.DEFAULT_SEED,
            EnvironmentSettings.DEFAULT_SEED_CACHE,
            StartIn.HOME);
    var seeds = new SeedCache(folder.resolve("seeds"), 1 << 20, "/home/jovyan");
    return new Images(store, seeds, settings, threads);
  }
}
