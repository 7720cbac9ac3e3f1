package org.homeport.bridge.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.homeport.bridge.backup.TestHome;
import org.homeport.bridge.scan.Handover.Patience;
import org.homeport.bridge.scan.Handover.Producer;
import org.homeport.spawn.home.HomeFiles;
import org.homeport.spawn.identity.AsUser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandoverTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final Patience PATIENT = new Patience(LONG, LONG);

  @TempDir Path place;
  private TestHome home;

  @BeforeEach
  void makeHome() {
    home = new TestHome(place, "ada");
  }

  @Test
  void whatIsProducedIsConsumedInItsOrder() {
    var consumed = new ArrayList<Integer>();
    this.<Integer>run(
        PATIENT,
        (top, taker) -> {
          for (var n = 0; n < 1000; n++) {
            taker.take(n);
          }
        },
        consumed::add);
    assertThat(consumed).hasSize(1000).isSorted();
  }

  @Test
  void aProducerThatFailsIsHeard() {
    Producer<Integer> failing =
        (top, taker) -> {
          throw new IOException("no such thing");
        };
    assertThatThrownBy(() -> run(PATIENT, failing, n -> {}))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("no such thing");
  }

  @Test
  void whatNobodyConsumesIsDiscardedAndTheProducerEnds() {
    var ended = new CompletableFuture<RuntimeException>();
    var isAhead = new CompletableFuture<Void>();
    var discarded = new ArrayList<Integer>();
    Producer<Integer> endless =
        (top, taker) -> {
          try {
            for (var n = 0; ; n++) {
              taker.take(n);
              if (n == 3) {
                isAhead.complete(null);
              }
            }
          } catch (RuntimeException e) {
            ended.complete(e);
            throw e;
          }
        };
    Consumer<Integer> failing =
        n -> {
          isAhead.join();
          throw new IllegalStateException("full");
        };
    assertThatThrownBy(() -> run(PATIENT, endless, failing, discarded::add)).hasMessage("full");
    assertThat(ended.join()).isInstanceOf(CancellationException.class);
    assertThat(discarded).isNotEmpty();
  }

  @Test
  void aScanOfAMountThatNeverAnswersEndsWithWords() throws IOException {
    var crossing = new ScanScope(ChosenFolders.ALL, List.of(), true);
    home.folder("mnt");
    var silent = TestMount.hanging(home.path("mnt"));
    try (silent) {
      assertThatThrownBy(
              () ->
                  this.<ScannedFolder>run(
                      new Patience(SHORT, LONG),
                      (top, taker) -> TreeScan.of(home.account().home(), top, crossing, taker),
                      folder -> {}))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("did not answer")
          .hasMessageContaining("a mount may hang");
    }
  }

  @Test
  void aProducerThatNeverEndsIsEnded() {
    Producer<Integer> endless =
        (top, taker) -> {
          while (true) {
            taker.take(1);
          }
        };
    assertThatThrownBy(() -> run(new Patience(LONG, SHORT), endless, n -> {}))
        .hasMessageContaining("took longer than");
  }

  private <T> void run(Patience patience, Producer<T> producer, Consumer<T> consumer) {
    run(patience, producer, consumer, item -> {});
  }

  private <T> void run(
      Patience patience, Producer<T> producer, Consumer<T> consumer, Consumer<T> discard) {
    Handover.run(
        new HomeFiles(new AsUser()), home.account(), patience, producer, consumer, discard);
  }
}
