package org.homeport.bridge.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.homeport.spawn.identity.HubUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NightWindowTest {
  private static final NightWindow NIGHT =
      new NightWindow(LocalTime.of(23, 0), LocalTime.of(2, 0), ZoneOffset.UTC);
  private static final Instant FROM = Instant.parse("2026-10-03T23:00:00Z");
  private static final Instant TO = Instant.parse("2026-10-04T02:00:00Z");

  @Test
  void everybodysTimeLiesInTheWindow() {
    for (var i = 0; i < 1_000; i++) {
      assertThat(NIGHT.timeOf(HubUser.of("user-" + i), FROM.minusMillis(1))).isBetween(FROM, TO);
    }
  }

  @Test
  void usersAreSpreadOverTheWindow() {
    var inEachHour = new int[3];
    IntStream.range(0, 900)
        .mapToObj(i -> NIGHT.timeOf(HubUser.of("student-" + i), FROM.minusMillis(1)))
        .forEach(time -> inEachHour[(int) Math.min(2, Duration.between(FROM, time).toHours())]++);
    assertThat(Arrays.stream(inEachHour)).allMatch(count -> count > 200 && count < 400);
  }

  @Test
  void theTimeIsTheSameEveryNight() {
    var ada = HubUser.of("ada");
    var first = NIGHT.timeOf(ada, FROM.minusSeconds(1));
    assertThat(NIGHT.timeOf(ada, FROM)).isEqualTo(first);
    assertThat(NIGHT.timeOf(ada, TO.minusMillis(1))).isEqualTo(first);
    assertThat(NIGHT.timeOf(ada, TO)).isEqualTo(first.plus(Duration.ofDays(1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-03-26T12:00:00Z", "2026-10-22T12:00:00Z"})
  void whenTheClocksChangeEverybodyHasOneTimeANight(Instant before) {
    var paris = new NightWindow(LocalTime.of(2, 0), LocalTime.of(5, 0), ZoneId.of("Europe/Paris"));
    for (var i = 0; i < 100; i++) {
      var user = HubUser.of("user-" + i);
      var nights =
          Stream.iterate(paris.next(user, before), last -> paris.next(user, last))
              .limit(6)
              .map(time -> time.atZone(paris.zone()).toLocalDate())
              .toList();
      var first = nights.get(0);
      assertThat(nights).isEqualTo(first.datesUntil(first.plusDays(6)).toList());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"02:00", "2-5", "02:00-02:00", "25:00-26:00", ""})
  void whatIsNoWindowIsRefused(String text) {
    assertThatThrownBy(() -> NightWindow.of(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
