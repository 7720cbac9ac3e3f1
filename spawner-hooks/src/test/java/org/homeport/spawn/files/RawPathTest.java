package org.homeport.spawn.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawPathTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "61",
        "63616665cc81",
        "636166e9",
        "e9e9",
        "f09f9a",
        "f09f9a80",
        "25",
        "2545",
        "0a09",
        "ff2ffe",
        "efbfbd"
      })
  void bytesSurviveAsText(String hex) {
    var bytes = HexFormat.of().parseHex(hex);

    assertThat(RawPath.of(bytes).bytes()).isEqualTo(bytes);
  }

  @Test
  void utf8ReadsAsItIs() {
    assertThat(RawPath.of("Übung 1/café.ipynb".getBytes(UTF_8))).hasToString("Übung 1/café.ipynb");
    assertThat(RawPath.of("Übung 1/café.ipynb")).isEqualTo(new RawPath("Übung 1/café.ipynb"));
    assertThat(RawPath.of("100%")).isEqualTo(new RawPath("100%25"));
    assertThat(RawPath.of(new byte[] {'c', (byte) 0xe9})).isEqualTo(new RawPath("c%E9"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "/etc", "..", "../x", "a/../b", "a//b", "a/", ".", "a/./b", "a%00b", "%2e%2e", "%41",
        "a%2Fb", "%zz"
      })
  void onlyPathsThatStayBelowAreOnes(String text) {
    assertThatThrownBy(() -> new RawPath(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aFolderSortsRightBeforeWhatIsInIt() {
    assertThat(Stream.of("a-b", "a/z", "a", "b", "a/b/c", "a/b").map(RawPath::of).sorted())
        .extracting(RawPath::text)
        .containsExactly("a", "a/b", "a/b/c", "a/z", "a-b", "b");
  }
}
