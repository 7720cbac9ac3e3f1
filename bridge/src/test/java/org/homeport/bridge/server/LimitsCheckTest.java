package org.homeport.bridge.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.homeport.bridge.check.Findings;
import org.homeport.spawn.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsCheckTest {
  private static final int CORES = 2;

  @ParameterizedTest
  @CsvSource({
    "2.5, 2048, Set limits.cpus to 2 or less.",
    "1.0, 64,   Set limits.memory to 512M or more.",
  })
  void aLimitThatDoesNotFitIsFoundWithItsFix(double cpus, long mebibytes, String fix) {
    assertThat(look(cpus, mebibytes)).startsWith("wrong").contains(fix);
  }

  @Test
  void limitsThatFitAreNotWrong() {
    assertThat(look(2, 2048)).isEmpty();
  }

  private static String look(double cpus, long mebibytes) {
    var limits =
        new Limits(
            OptionalLong.of(mebibytes << 20), OptionalDouble.of(cpus), OptionalLong.of(4096));
    var findings = new Findings();
    new LimitsCheck(limits, CORES).look(findings);
    return findings.lines().collect(Collectors.joining("\n"));
  }
}
