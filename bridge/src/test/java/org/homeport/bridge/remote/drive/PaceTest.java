package org.homeport.bridge.remote.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.homeport.bridge.remote.drive.fake.SimulatedClock;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final Instant START = Instant.parse("2026-10-03T02:00:00Z");
  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

  private final SimulatedClock clock = new SimulatedClock(START);
  private final Pace pace = new Pace(3, 10, clock);

  @Test
  void aBurstIsFreeAndTheRestIsSteady() {
    assertThat(timeOf(10)).isZero();
    assertThat(timeOf(30)).isBetween(TEN_SECONDS, TEN_SECONDS.plusMillis(1));
  }

  @Test
  void aRestFillsTheBurstAndNoMore() {
    timeOf(10);
    clock.advance(Duration.ofHours(1));
    assertThat(timeOf(11)).isGreaterThan(Duration.ZERO);
  }

  @Test
  void aRefusalSlowsDownAndGoodCallsBringTheRateBack() {
    timeOf(10);
    pace.refused(Duration.ZERO);
    assertThat(timeOf(24)).isBetween(TEN_SECONDS, TEN_SECONDS.plusMillis(1));
    for (var i = 0; i < 200; i++) {
      pace.accepted();
    }
    assertThat(timeOf(30)).isBetween(TEN_SECONDS, TEN_SECONDS.plusMillis(1));
  }

  @Test
  void callsThatAreRefusedTogetherSlowDownOnce() {
    timeOf(10);
    for (var i = 0; i < 4; i++) {
      pace.refused(Duration.ZERO);
    }
    assertThat(timeOf(24)).isBetween(TEN_SECONDS, TEN_SECONDS.plusMillis(1));
  }

  @Test
  void aRestThatIsAskedForIsGiven() {
    pace.refused(Duration.ofSeconds(30));
    timeOf(1);
    assertThat(clock.instant()).isCloseTo(START.plusSeconds(30), within(1, ChronoUnit.SECONDS));
  }

  private Duration timeOf(int calls) {
    var before = clock.instant();
    for (var i = 0; i < calls; i++) {
      pace.take(1);
    }
    return Duration.between(before, clock.instant());
  }
}
