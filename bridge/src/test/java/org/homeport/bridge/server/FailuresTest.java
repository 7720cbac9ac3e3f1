package org.homeport.bridge.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.homeport.bridge.engine.Container;
import org.homeport.bridge.engine.EngineRejected;
import org.homeport.bridge.engine.EngineUnavailable;
import org.homeport.spawn.identity.HubUser;
import org.homeport.spawn.refusal.SpawnRefused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FailuresTest {
  private static final Failures FAILURES = new Failures(HubUser.of("ada"), "5f0c92ab");

  static Stream<Failure> all() {
    return Stream.of(
        FAILURES.of(new SpawnRefused("image-missing", "It is not here.", "Choose another.")),
        FAILURES.of(new EngineRejected("no space left")),
        FAILURES.of(new EngineUnavailable("away")),
        FAILURES.of(new IOException("secret")),
        FAILURES.interrupted(),
        FAILURES.cancelled(),
        FAILURES.stopped(),
        FAILURES.removed(),
        FAILURES.noAnswer(Duration.ofSeconds(30)),
        FAILURES.ended(ended(1, false), OptionalLong.empty()));
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyFailureSaysWhatHappenedWhatToDoAndWhereTheStoryIs(Failure failure) {
    assertThat(failure.code()).matches("[a-z-]+");
    assertThat(failure.message()).isNotBlank();
    assertThat(failure.remedy()).startsWith("Your files are safe. ").endsWith(".");
    assertThat(failure.reference()).isEqualTo("5f0c92ab");
  }

  @Test
  void aRefusalKeepsItsCodeItsWordsAndItsRemedy() {
    assertThat(FAILURES.of(new SpawnRefused("image-missing", "It is not here.", "Choose one.")))
        .isEqualTo(
            new Failure(
                "image-missing",
                "It is not here.",
                "Your files are safe. Choose one.",
                "5f0c92ab"));
  }

  @Test
  void anUnforeseenFailureGivesNothingOfItsTextAway() {
    assertThat(FAILURES.of(new IOException("token=secret")).message()).doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "3,   false, exited,          exit code 3",
    "127, false, command-missing, lacks the command",
    "139, false, killed,          signal 11 (SEGV)",
    "137, false, killed,          signal 9 (KILL)",
    "162, false, killed,          signal 34.",
    "137, true,  out-of-memory,   used more than the memory it may",
    "3,   true,  exited,          exit code 3",
  })
  void anExitCodeIsExplained(int code, boolean outOfMemory, String expected, String words) {
    var failure = FAILURES.ended(ended(code, outOfMemory), OptionalLong.empty());
    assertThat(failure.code()).isEqualTo(expected);
    assertThat(failure.message()).contains(words);
  }

  @ParameterizedTest
  @CsvSource({"1073741824, 1 GiB", "1610612736, 1.5 GiB", "104857600, 100 MiB"})
  void theMemoryLimitThatWasMetIsNamed(long limit, String words) {
    assertThat(FAILURES.ended(ended(137, true), OptionalLong.of(limit)).message())
        .contains("more than " + words + " of memory");
  }

  @Test
  void theLastLinesOfTheLogFollowTheMessage() {
    var failure = Failures.withLog(FAILURES.removed(), "  one\ntwo\n");
    assertThat(failure.message()).endsWith("outside of Homeport. It wrote last: one\ntwo");
    assertThat(Failures.withLog(FAILURES.removed(), " \n")).isEqualTo(FAILURES.removed());
  }

  @Test
  void ofALongLineOnlyTheEndIsShown() {
    var message = Failures.withLog(FAILURES.removed(), "x".repeat(200_000) + "😀 end").message();
    assertThat(message.length()).isLessThan(2_200);
    assertThat(message).endsWith("😀 end").contains("It wrote last: …x");
  }

  private static Container ended(int code, boolean outOfMemory) {
    return new Container(
        "0123",
        "homeport-ada",
        Map.of(),
        Container.State.EXITED,
        Optional.empty(),
        OptionalInt.of(code),
        outOfMemory,
        Instant.EPOCH);
  }
}
