package org.homeport.bridge.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.homeport.bridge.remote.RemoteId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerifySampleTest {
  @Test
  void allPartsTogetherReadEveryFileOnce() {
    for (var i = 0; i < 1_000; i++) {
      var id = new RemoteId("file-" + i);
      var parts = IntStream.rangeClosed(1, 30).filter(n -> new VerifySample(n, 30).contains(id));
      assertThat(parts.count()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"2/1", "1/0", "1", "a/b", ""})
  void whatIsNoPartIsRefused(String text) {
    assertThatThrownBy(() -> VerifySample.of(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
