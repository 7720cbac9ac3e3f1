package org.homeport.bridge.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceInLineTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0  | your turn is next
          1  | 1 person before you
          2  | 2 people before you
          14 | 14 people before you
          15 | about 20 people before you
          24 | about 20 people before you
          """)
  void aPlaceInLineIsToldTheMoreExactlyTheNearerItIs(int before, String place) {
    assertThat(PlaceInLine.sentence(before))
        .isEqualTo("Many servers start at the moment: " + place + ".");
  }
}
