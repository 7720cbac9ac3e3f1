package org.homeport.spawn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.spawn.Refusals.assertRefused;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {
  @Test
  void whatAServerLeavesOpenComesFromTheSettings() {
    var asked = new Limits(OptionalLong.of(1 << 30), OptionalDouble.empty(), OptionalLong.empty());
    var settings =
        new Limits(OptionalLong.of(2L << 30), OptionalDouble.of(2), OptionalLong.empty());

    assertThat(asked.orElse(settings))
        .isEqualTo(
            new Limits(OptionalLong.of(1 << 30), OptionalDouble.of(2), OptionalLong.empty()));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, (6 << 20) - 1})
  void lessMemoryThanAContainerNeedsIsRefused(long bytes) {
    assertRefused(
        () -> new Limits(OptionalLong.of(bytes), OptionalDouble.empty(), OptionalLong.empty()),
        "bad-limit",
        "memory",
        bytes + " bytes");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, 0, 0.001, 5000, Double.NaN, Double.POSITIVE_INFINITY})
  void anImpossibleShareOfTheCpusIsRefused(double cpus) {
    assertRefused(
        () -> new Limits(OptionalLong.empty(), OptionalDouble.of(cpus), OptionalLong.empty()),
        "bad-limit",
        "cpus",
        String.valueOf(cpus));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0})
  void aServerWithoutProcessesIsRefused(long pids) {
    assertRefused(
        () -> new Limits(OptionalLong.empty(), OptionalDouble.empty(), OptionalLong.of(pids)),
        "bad-limit",
        "pids",
        String.valueOf(pids));
  }
}
