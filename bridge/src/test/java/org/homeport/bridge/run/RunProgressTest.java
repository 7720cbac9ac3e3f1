package org.homeport.bridge.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.homeport.bridge.remote.drive.fake.SimulatedClock;
import org.homeport.bridge.run.Skipped.Reason;
import org.junit.jupiter.api.Test;

/** The progress that somebody who waits for a run sees. */
class RunProgressTest {
  private final SimulatedClock clock = new SimulatedClock(Instant.parse("2026-10-03T02:00:00Z"));
  private final AtomicInteger news = new AtomicInteger();
  private final RunProgress progress = new RunProgress(clock, news::incrementAndGet);

  @Test
  void theTimeThatIsLeftGoesByWhatHadToBeSent() {
    progress.known(10_300, 10_300);
    clock.advance(Duration.ofSeconds(5));
    progress.unchanged(10_000, 10_000);
    assertThat(progress.report().secondsLeft()).isEmpty();
    clock.advance(Duration.ofSeconds(10));
    progress.done(100, 100);
    assertThat(progress.report().secondsLeft()).hasValue(20);
  }

  @Test
  void theSlowerOfFilesAndBytesCounts() {
    progress.known(4, 4_000);
    clock.advance(Duration.ofSeconds(10));
    progress.done(3, 1_000);
    assertThat(progress.report().secondsLeft()).hasValue(30);
  }

  @Test
  void aRunThatWaitsSaysForWhatAndUntilWhen() {
    progress.known(100, 100);
    clock.advance(Duration.ofSeconds(10));
    progress.done(97, 97);
    progress.waiting(Duration.ofMinutes(2), new IllegalStateException("Google asks for it."));
    assertThat(progress.report().message())
        .isEqualTo("Waiting until 2026-10-03T02:02:10Z: Google asks for it.");
    assertThat(progress.report().secondsLeft()).isEmpty();
    clock.advance(Duration.ofMinutes(2));
    assertThat(progress.report().message()).isEmpty();
    assertThat(progress.report().secondsLeft()).isPresent();
  }

  @Test
  void whatARuleLeftOutIsToldAndMakesNoRunPartial() {
    progress.skipped(new Skipped("node_modules", Reason.IGNORED, "left out by a rule"));
    assertThat(progress.isPartial()).isFalse();
    progress.skipped(new Skipped("closed", Reason.UNREADABLE, "Permission denied"));
    assertThat(progress.isPartial()).isTrue();
    assertThat(progress.report().skipped()).hasSize(2);
    assertThat(news).hasValue(2);
  }

  @Test
  void thereIsRoomForWhatIsMissingThoughRulesLeftOutALot() {
    for (var i = 0; i < 2 * Report.MAX_LISTED; i++) {
      progress.skipped(new Skipped("cache " + i, Reason.IGNORED, ""));
    }
    var missing = new Skipped("thesis.tex", Reason.UNREADABLE, "");
    progress.skipped(missing);
    assertThat(progress.report().skipped()).contains(missing);
    assertThat(progress.report().skippedCount()).isEqualTo(2 * Report.MAX_LISTED + 1);
  }

  @Test
  void aReportStaysSmallHoweverLongThePathsAre() {
    var path = "deep/".repeat(10_000);
    for (var i = 0; i < 1500; i++) {
      progress.skipped(new Skipped(path + i, Reason.UNREADABLE, "Permission denied"));
      progress.note(path + i, "was there already");
    }
    var report = progress.report();
    assertThat(report.skippedCount()).isEqualTo(1500);
    assertThat(report.skipped()).isNotEmpty();
    assertThat(report.notes()).isNotEmpty();
    assertThat(RunRow.details(report).length()).isLessThan(500_000);
    assertThat(RunRow.figures(report).length()).isLessThan(1000);
  }

  @Test
  void whatIsFoundAgainTakesNoRoomOfWhatElseIsSkipped() {
    var path = "x".repeat(Report.MAX_TEXT / 100);
    var before = progress.skips();
    for (var look = 0; look < 5; look++) {
      progress.forgetSince(before);
      for (var number = 0; number < 40; number++) {
        progress.skipped(new Skipped(path, Reason.UNREADABLE, ""));
      }
    }
    assertThat(progress.report().skipped()).hasSize(40);
  }
}
