package org.homeport.bridge.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineConnectionTest {

  @ParameterizedTest
  @CsvSource({
    "1.41, 1.12, 1.41", // 20.10 knows no newer one
    "1.44, 1.24, 1.44",
    "1.52, 1.44, 1.44", // 29 refuses older ones
    "1.60, 1.48, 1.48",
    "1.41,     , 1.41"
  })
  void speaksTheNearestVersionThatTheEngineKnows(String newest, String oldest, String chosen) {
    assertThat(EngineConnection.choose(newest, oldest).getVersion()).isEqualTo(chosen);
  }
}
