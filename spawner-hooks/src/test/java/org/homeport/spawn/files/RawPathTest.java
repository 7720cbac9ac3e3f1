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

  @Test
  void theTopIsTheEmptyPathAboveAllOthers() {
    assertThat(RawPath.ofText("")).isSameAs(RawPath.TOP);
    assertThat(RawPath.ofText("a/b").parent().parent()).isEqualTo(RawPath.TOP);
    assertThat(RawPath.TOP.resolve(RawPath.of("a"))).isEqualTo(RawPath.of("a"));
    assertThat(RawPath.of("a").resolve(RawPath.TOP)).isEqualTo(RawPath.of("a"));
    assertThat(RawPath.TOP.names()).isEmpty();
    assertThat(RawPath.of("a/b").names()).containsExactly(RawPath.of("a"), RawPath.of("b"));
  }

  @Test
  void aPathIsWithinItselfAndTheFoldersAboveIt() {
    var path = RawPath.of("a/b");

    assertThat(path.isWithin(RawPath.TOP)).isTrue();
    assertThat(path.isWithin(RawPath.of("a"))).isTrue();
    assertThat(path.isWithin(path)).isTrue();
    assertThat(path.isWithin(RawPath.of("a/b/c"))).isFalse();
    assertThat(RawPath.of("ab").isWithin(RawPath.of("a"))).isFalse();
  }

  @Test
  void depthCountsTheFoldersAbove() {
    assertThat(RawPath.TOP.depth()).isZero();
    assertThat(RawPath.of("a").depth()).isZero();
    assertThat(RawPath.of("a/b/c").depth()).isEqualTo(2);
  }
}
