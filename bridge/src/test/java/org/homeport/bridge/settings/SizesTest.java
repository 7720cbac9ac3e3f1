package org.homeport.bridge.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizesTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 bytes",
    "1, 1 byte",
    "1023, 1023 bytes",
    "1024, 1 KiB",
    "1536, 1.5 KiB",
    "1048575, 1 MiB",
    "123456789, 118 MiB",
    "1610612736, 1.5 GiB",
    "9223372036854775807, 8 EiB",
  })
  void aSizeIsWrittenShortInPowersOf1024(long bytes, String text) {
    assertThat(Sizes.text(bytes)).isEqualTo(text);
  }
}
