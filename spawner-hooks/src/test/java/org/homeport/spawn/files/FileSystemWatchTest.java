package org.homeport.spawn.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FileSystemWatchTest {
  private static final Path DATA = Path.of("/srv/data/course");
  private static final Path OTHER = Path.of("/srv/other");

  /** The answer of a file system that is silent until it has one. */
  private final CompletableFuture<String> answer = new CompletableFuture<>();

  private final AtomicInteger asked = new AtomicInteger();
  private final FileSystemWatch watch = new FileSystemWatch(Duration.ofMillis(50), Path::getParent);

  @Test
  void anAnswerIsTheAnswerAndAnErrorTheError() throws IOException {
    assertThat(watch.ask(DATA, () -> "there")).isEqualTo("there");
    assertThatThrownBy(
            () ->
                watch.ask(
                    DATA,
                    () -> {
                      throw new NoSuchFileException("gone");
                    }))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void aSilentFileSystemIsNotAskedAgainUntilItAnswers() throws IOException {
    assertSilent();
    assertSilent();
    assertThat(asked).as("the second time it is known").hasValue(1);
    assertThat(watch.ask(OTHER, () -> "there")).as("another one").isEqualTo("there");

    answer.complete("late");

    await().until(() -> watch.ask(DATA, () -> "there"), "there"::equals);
  }

  @Test
  void anErrorIsAnAnswerToo() {
    assertSilent();

    answer.completeExceptionally(new IOException("Transport endpoint is not connected"));

    await().until(() -> watch.ask(DATA, () -> "there"), "there"::equals);
  }

  @Test
  void anAnswerThatComesLateIsDiscarded() {
    var discarded = new CompletableFuture<String>();
    assertThatThrownBy(() -> watch.ask(DATA, answer::get, discarded::complete))
        .isInstanceOf(SilentFileSystemException.class);

    answer.complete("late");

    assertThat(discarded.join()).isEqualTo("late");
  }

  @Test
  void onlySoManyQuestionsAreOpen() {
    var all = new FileSystemWatch(Duration.ofMillis(1), path -> path);
    for (var number = 0; number < 400; number++) {
      var path = Path.of("/srv/" + number);
      assertThatThrownBy(() -> all.ask(path, this::silence))
          .isInstanceOf(SilentFileSystemException.class);
    }
    assertThat(asked).hasValueLessThanOrEqualTo(320);
    answer.complete("over");
  }

  @Test
  void manySilentFileSystemsHoldBackNoOther() throws IOException {
    var all = new FileSystemWatch(Duration.ofMillis(50), path -> path);
    IntStream.range(0, 100)
        .parallel()
        .forEach(
            number ->
                assertThatThrownBy(() -> all.ask(Path.of("/srv/" + number), this::silence))
                    .isInstanceOf(SilentFileSystemException.class));
    assertThat(all.ask(OTHER, () -> "there")).isEqualTo("there");
    answer.complete("over");
  }

  @Test
  void moreQuestionsThanMayBeOpenWaitForTheirTurn() throws Exception {
    var patient = new FileSystemWatch(Duration.ofMinutes(1), Path::getParent);
    var askers = Executors.newFixedThreadPool(100);
    try {
      var answers =
          IntStream.range(0, 100)
              .mapToObj(number -> askers.submit(() -> patient.ask(DATA, this::silence)))
              .toList();
      await().until(() -> asked.get() == 64);
      answer.complete("there");
      for (var each : answers) {
        assertThat(each.get()).isEqualTo("there");
      }
    } finally {
      askers.shutdown();
    }
  }

  private void assertSilent() {
    assertThatThrownBy(() -> watch.ask(DATA, this::silence))
        .isInstanceOf(SilentFileSystemException.class)
        .hasMessageContaining(DATA.toString());
  }

  private String silence() throws Exception {
    asked.incrementAndGet();
    return answer.get();
  }
}
